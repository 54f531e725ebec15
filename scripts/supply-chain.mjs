// `npm run supply-chain`: what Muster is made of, and whether it may be. Writes the bill of materials and the list of
// licences to build/supply-chain; asks the registry about known weaknesses and signatures, and says so when it cannot.
// `--offline` asks nobody.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { licences, packageFaults } from './setup/packages.mjs';
import { launcher, ROOT, say } from './setup/project.mjs';
import { npmAnswer } from './setup/registry.mjs';

const FOLDER = join(ROOT, 'build/supply-chain');
const offline = process.argv.includes('--offline');

launcher(() => {
  const manifest = readJson('package.json');
  const { packages } = readJson('package-lock.json');
  mkdirSync(FOLDER, { recursive: true });
  writeLicences(licences(packages));
  writeBill();
  const faults = [
    ...packageFaults(manifest, packages),
    ...(offline ? [] : [...weaknesses(), ...signatures()]),
  ];
  for (const fault of faults) say(fault);
  say(faults.length === 0 ? 'nothing is wrong with the packages' : `${faults.length} faults in the packages`);
  process.exitCode = faults.length === 0 ? 0 : 1;
});

/** @param {import('./setup/packages.mjs').Licensed[]} all */
function writeLicences(all) {
  const rows = all.map(({ name, version, licence, ships }) =>
    [name, version, licence, ships ? 'shipped' : 'tool'].join(','),
  );
  writeFileSync(
    join(FOLDER, 'licences.csv'),
    `${['package,version,licence,use', ...rows.sort()].join('\n')}\n`,
  );
}

/** Everything, as CycloneDX, from the lock file alone: what the web app is built from counts as a tool for npm. */
function writeBill() {
  const bill = npmAnswer('sbom', '--package-lock-only', '--sbom-format=cyclonedx');
  if (bill === null) say('no bill of materials: this npm cannot write one');
  else writeFileSync(join(FOLDER, 'sbom.cdx.json'), `${JSON.stringify(bill, null, 2)}\n`);
}

/** @returns {string[]} known weaknesses */
function weaknesses() {
  const report = npmAnswer('audit', '--json');
  if (report?.vulnerabilities === undefined) {
    say('known weaknesses were not looked up: the registry did not answer');
    return [];
  }
  const found = /** @type {Record<string, { name: string, severity: string, range: string }>} */ (
    report.vulnerabilities
  );
  return Object.values(found).map(
    ({ name, severity, range }) => `${name} ${range} has a known weakness (${severity})`,
  );
}

/** @returns {string[]} packages whose signature is wrong */
function signatures() {
  const report = npmAnswer('audit', 'signatures', '--json');
  if (report?.invalid === undefined) {
    say('signatures were not checked: the registry did not answer');
    return [];
  }
  const wrong = /** @type {{ name: string, version: string }[]} */ (report.invalid);
  return wrong.map(({ name, version }) => `${name} ${version} has a wrong signature`);
}

/** @param {string} file */
function readJson(file) {
  return JSON.parse(readFileSync(join(ROOT, file), 'utf8'));
}
