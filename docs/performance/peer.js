// Measures nlp.js (npm node-nlp 4.27.0) on a TSV of split, language, intent and text, for docs/performance.md.
// usage: node peer.js FILE.tsv TRAIN_SPLIT TEST_SPLIT
const fs = require('fs');
const { NlpManager } = require('node-nlp');

async function main([file, train, test]) {
  const rows = fs.readFileSync(file, 'utf8').split('\n').map((l) => l.split('\t')).filter((r) => r.length === 4);
  const locale = rows[1][1];
  const manager = new NlpManager({ languages: [locale], forceNER: false, autoSave: false, nlu: { log: false, useNoneFeature: false } });
  for (const [split, , intent, text] of rows) if (split === train) manager.addDocument(locale, text, intent);
  const started = process.hrtime.bigint();
  await manager.train();
  const training = Number(process.hrtime.bigint() - started) / 1e9;
  const messages = rows.filter((r) => r[0] === test && r[2] !== 'oos');
  const times = [];
  let right = 0;
  for (const [, , intent, text] of messages) {
    const start = process.hrtime.bigint();
    const result = await manager.process(locale, text);
    times.push(Number(process.hrtime.bigint() - start) / 1e3);
    if (result.intent === intent) right += 1;
  }
  times.sort((a, b) => a - b);
  const sum = times.reduce((a, b) => a + b, 0);
  console.log(`nlp.js ${((100 * right) / messages.length).toFixed(1)} % training ${training.toFixed(1)} s ${((1e6 * times.length) / sum).toFixed(0)} messages/s ` +
    `p50 ${times[times.length >> 1].toFixed(0)} us p99 ${times[Math.floor(times.length * 0.99)].toFixed(0)} us RSS ${(process.memoryUsage().rss / 1e6).toFixed(0)} MB`);
}
main(process.argv.slice(2));
