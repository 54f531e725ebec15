/** What the recorded Polish services are called here. Queues of hardship get a neutral name (rule SF2). */

/** How long a service usually takes: a pick-up or payment, an application, a case. */
export type ServiceKind = 'quick' | 'standard' | 'long';

export interface ServiceName {
  kind: ServiceKind;
  zh: string;
  en: string;
}

type Rule = readonly [pattern: RegExp, kind: ServiceKind, zh: string, en: string];

/** The first rule that matches the lower-case name counts, so the narrower ones come first. */
const RULES: readonly Rule[] = [
  [/^kas/, 'quick', '收费窗口', 'Cash desk'],
  [/^opłata skarbowa/, 'quick', '印花税', 'Stamp duty'],
  [/^wypłaty/, 'quick', '款项领取', 'Payouts'],
  [/^płatność/, 'quick', '税费缴纳', 'Tax payments'],
  [/podawcz/, 'quick', '文件收发', 'Filing desk'],
  [/^kancelaria/, 'quick', '文书收发', 'Document office'],
  [/^(informacja$|punkt informacyjny)/, 'quick', '咨询台', 'Information'],
  [/^wybory/, 'quick', '选民登记', 'Voter register'],
  [/^(karta|kdr)/, 'quick', '市民卡', 'City card'],

  [/(odbiór|wydawanie).*paszport|paszporty.*odbiór/, 'quick', '护照领取', 'Passport pick-up'],
  [/paszport/, 'standard', '护照申请', 'Passport applications'],

  [/(odbiór|wydawanie).*dowod.*rejestr|rejestr.*odbiór/, 'quick', '行驶证领取', 'Vehicle papers pick-up'],
  [/rejestracja pojazdów.*prawa jazdy/, 'standard', '车辆与驾照', 'Vehicles and licences'],
  [/rejestracja pojazdów.*prawne/, 'standard', '企业车辆登记', 'Company vehicles'],
  [/rejestracja pojazdów, wymiana|zmiany\| wtórniki|wymiana dr/, 'standard', '车辆变更', 'Vehicle changes'],
  [/rejestracja pojazdów/, 'standard', '车辆登记', 'Vehicle registration'],
  [/^odbiór praw jazdy|prawa jazdy - odbiór/, 'quick', '驾照领取', 'Licence pick-up'],
  [/praw[ao]? jazdy/, 'standard', '驾驶证', 'Driving licences'],

  [/(odbiór|wydawanie).*dowod.*osob|osobiste - odbiór/, 'quick', '身份证领取', 'ID card pick-up'],
  [/zameldowanie z jednoczesnym/, 'standard', '落户与身份证', 'Move-in with ID'],
  [/(meld|dowod).*(dowod|meld)/, 'standard', '身份证与户籍', 'ID and residence'],
  [/dowody osobiste/, 'standard', '身份证申请', 'ID applications'],
  [/meldunki czasowe/, 'standard', '临时居住登记', 'Temporary residence'],
  [/meldunki stałe/, 'standard', '常住登记', 'Permanent residence'],
  [/meld|ewidencja ludności/, 'standard', '居住登记', 'Residence register'],
  [/pesel/, 'standard', '身份号码', 'Personal number'],

  [/powrocie do nazwiska/, 'standard', '恢复原姓', 'Former surname'],
  [/zmiana imienia/, 'standard', '姓名变更', 'Name changes'],
  [/jubileusz/, 'standard', '婚庆纪念', 'Wedding jubilees'],
  [/ślubu konkordat/, 'standard', '婚姻证明', 'Marriage certificates'],
  [/małżeństw/, 'standard', '婚姻登记', 'Marriages'],
  [/ojcostwa/, 'standard', '亲子认领', 'Parenthood'],
  [/noworodk|urodzeń/, 'standard', '出生登记', 'Births'],
  [/zgon/, 'standard', '人口注销登记', 'Deaths'],
  [/sprostowanie/, 'long', '证书更正', 'Record corrections'],
  [/uzupełnienie aktu/, 'long', '证书补录', 'Record additions'],
  [/odpis/, 'standard', '民政证明', 'Civil certificates'],
  [/odbiór zamówionych/, 'quick', '文件领取', 'Document pick-up'],
  [/zaśw. z akt/, 'standard', '档案证明', 'Archive certificates'],
  [/niezaleganiu/, 'standard', '完税证明', 'Tax clearance'],
  [/wydawanie zaświadczeń/, 'standard', '证明办理', 'Certificates'],
  [/stanu cywilnego/, 'standard', '民政登记', 'Civil registry'],

  [/działalnoś|ceidg/, 'standard', '工商登记', 'Business register'],
  [/^warszawski bon/, 'standard', '托育券', 'Nursery vouchers'],
  [/500/, 'standard', '育儿津贴', 'Child benefit'],
  [/^świ[ae]dcz/, 'standard', '家庭事务', 'Family services'],
  [/^(alkohol|zezwolenia|handel)/, 'standard', '酒类许可', 'Alcohol permits'],
  [/^(gosp\.|gospodarka) odpad|^odpady/, 'standard', '垃圾清运', 'Waste collection'],

  [/wieczyst|dzierżaw/, 'long', '土地使用权', 'Land use rights'],
  [/podziały/, 'long', '不动产分割', 'Plot division'],
  [/ewidencja gruntów/, 'long', '地籍登记', 'Land register'],
  [/kopii mapy/, 'quick', '地图领取', 'Map pick-up'],
  [/operat/, 'long', '测绘成果', 'Survey reports'],
  [/materiałów zasobu/, 'long', '测绘资料', 'Survey records'],
  [/narady/, 'long', '管线协调', 'Utility coordination'],
  [/numeracja/, 'standard', '门牌编号', 'House numbers'],
  [/^urbanistyka/, 'long', '城市规划', 'Urban planning'],
  [/architekt/, 'long', '建筑规划', 'Building and planning'],
  [/nieruchomości \| podatki/, 'long', '房产与税务', 'Property and taxes'],
  [/podat/, 'standard', '地方税费', 'Local taxes'],
  [/nieruchomoś/, 'long', '不动产', 'Real estate'],
  [/geodez/, 'long', '测绘地籍', 'Land survey'],

  [/dodatki|czynsz/, 'standard', '住房手续', 'Housing papers'],
  [/^(sprawy )?(lokal|mieszkan)|zasób mieszkaniowy/, 'long', '住房事务', 'Housing'],
  [/^ochrona środ/, 'standard', '环境保护', 'Environment'],
  [/infrastruktura/, 'standard', '市政设施', 'Infrastructure'],
  [/sprawy społeczne/, 'standard', '社会事务', 'Social affairs'],
  [/sprawy różne|inna sprawa/, 'standard', '综合事务', 'General matters'],
  [/postępowania/, 'long', '行政程序', 'Procedures'],
];

/**
 * The short names and kind of a recorded service.
 * @throws RangeError when no rule knows it.
 */
export function serviceNameOf(polish: string): ServiceName {
  const name = polish
    .replace(/^[A-Z0-9]{1,2}: */, '')
    .trim()
    .toLocaleLowerCase('pl');
  for (const [pattern, kind, zh, en] of RULES) if (pattern.test(name)) return { kind, zh, en };
  throw new RangeError(`no name for the service ${JSON.stringify(polish)}`);
}
