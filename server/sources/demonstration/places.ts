/** The recorded offices under the names they have here. */
export interface Place {
  office: string;
  id: string;
  zh: string;
  en: string;
  region: keyof typeof REGIONS;
}

export const REGIONS = {
  centre: { zh: '市中心', en: 'Centre' },
  north: { zh: '北片区', en: 'North' },
  east: { zh: '东片区', en: 'East bank' },
  south: { zh: '南片区', en: 'South' },
  southwest: { zh: '西南片区', en: 'South-west' },
  west: { zh: '西片区', en: 'West' },
  hotline: { zh: '热线', en: 'Hotline' },
} as const;

export const PLACES: readonly Place[] = [
  {
    office: 'UD_Srodmiescie_1',
    id: 'srodmiescie-1',
    zh: '市中心 1 厅',
    en: 'City centre hall 1',
    region: 'centre',
  },
  {
    office: 'UD_Srodmiescie_2',
    id: 'srodmiescie-2',
    zh: '市中心 2 厅',
    en: 'City centre hall 2',
    region: 'centre',
  },
  {
    office: 'USC_Andersa',
    id: 'usc-andersa',
    zh: '安德斯街登记厅',
    en: 'Andersa registry',
    region: 'centre',
  },
  { office: 'UD_Bialoleka', id: 'bialoleka', zh: '比亚沃文卡厅', en: 'Białołęka hall', region: 'north' },
  { office: 'UD_Bielany', id: 'bielany', zh: '别拉内厅', en: 'Bielany hall', region: 'north' },
  { office: 'UD_Zoliborz', id: 'zoliborz', zh: '若利博日厅', en: 'Żoliborz hall', region: 'north' },
  {
    office: 'UD_Praga_Polnoc',
    id: 'praga-polnoc',
    zh: '北普拉加厅',
    en: 'Praga-Północ hall',
    region: 'east',
  },
  {
    office: 'UD_Praga_Poludnie',
    id: 'praga-poludnie',
    zh: '南普拉加厅',
    en: 'Praga-Południe hall',
    region: 'east',
  },
  { office: 'UD_Rembertow', id: 'rembertow', zh: '伦贝尔图夫厅', en: 'Rembertów hall', region: 'east' },
  { office: 'UD_Targowek', id: 'targowek', zh: '塔尔古韦克厅', en: 'Targówek hall', region: 'east' },
  {
    office: 'USC_Klopotowskiego',
    id: 'usc-klopotowskiego',
    zh: '克沃街登记厅',
    en: 'Kłopotowskiego registry',
    region: 'east',
  },
  { office: 'UD_Mokotow_1', id: 'mokotow-1', zh: '莫科图夫 1 厅', en: 'Mokotów hall 1', region: 'south' },
  { office: 'UD_Mokotow_2', id: 'mokotow-2', zh: '莫科图夫 2 厅', en: 'Mokotów hall 2', region: 'south' },
  {
    office: 'USC_Falecka',
    id: 'usc-falecka',
    zh: '法文茨卡街登记厅',
    en: 'Fałęcka registry',
    region: 'south',
  },
  {
    office: 'USC_Sandomierska',
    id: 'usc-sandomierska',
    zh: '桑多梅日街登记厅',
    en: 'Sandomierska registry',
    region: 'south',
  },
  {
    office: 'USC_Smyczkowa',
    id: 'usc-smyczkowa',
    zh: '斯梅奇科街登记厅',
    en: 'Smyczkowa registry',
    region: 'south',
  },
  { office: 'UD_Ochota', id: 'ochota', zh: '奥霍塔厅', en: 'Ochota hall', region: 'southwest' },
  { office: 'UD_Ursus', id: 'ursus', zh: '乌尔苏斯厅', en: 'Ursus hall', region: 'southwest' },
  { office: 'UD_Wlochy', id: 'wlochy', zh: '沃希厅', en: 'Włochy hall', region: 'southwest' },
  { office: 'UD_Bemowo', id: 'bemowo', zh: '贝莫沃厅', en: 'Bemowo hall', region: 'west' },
  { office: 'UD_Wola', id: 'wola', zh: '沃拉厅', en: 'Wola hall', region: 'west' },
];
