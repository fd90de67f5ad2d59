// Measures nlp.js (npm node-nlp 4.27.0) on a TSV of split, language, intent and text, for docs/performance.md.
// usage: node peer.js FILE.tsv TRAIN_SPLIT TEST_SPLIT        (after npm install node-nlp@4.27.0)
const fs = require('fs');
const { NluNeural } = require('@nlpjs/nlu');
const { containerBootstrap } = require('@nlpjs/core');
const { LangEn } = require('@nlpjs/lang-en');
const { LangJa } = require('@nlpjs/lang-ja');

async function main([file, train, test]) {
  const rows = fs.readFileSync(file, 'utf8').split('\n').map((l) => l.split('\t')).filter((r) => r.length === 4);
  const locale = rows[1][1];
  const container = await containerBootstrap();
  container.use(LangEn);
  container.use(LangJa);
  const nlu = new NluNeural({ locale, container, useNoneFeature: false, log: false });
  const corpus = rows.filter((r) => r[0] === train).map(([, , intent, utterance]) => ({ utterance, intent }));
  const started = process.hrtime.bigint();
  await nlu.train(corpus, { log: false });
  const training = Number(process.hrtime.bigint() - started) / 1e9;
  const messages = rows.filter((r) => r[0] === test && r[2] !== 'oos');
  for (const [, , , text] of messages.slice(0, 200)) await nlu.process(text); // warm
  const times = [];
  let right = 0;
  for (const [, , intent, text] of messages) {
    const start = process.hrtime.bigint();
    const result = await nlu.process(text);
    times.push(Number(process.hrtime.bigint() - start) / 1e3);
    const best = result.classifications ? result.classifications[0] : result[0];
    if (best && best.intent === intent) right += 1;
  }
  times.sort((a, b) => a - b);
  const sum = times.reduce((a, b) => a + b, 0);
  console.log(`nlp.js ${file.split('/').pop()} accuracy ${((100 * right) / messages.length).toFixed(1)} % training ${training.toFixed(1)} s ` +
    `messages/s ${((1e6 * times.length) / sum).toFixed(0)} p50 ${times[times.length >> 1].toFixed(0)} us p99 ${times[Math.floor(times.length * 0.99)].toFixed(0)} us ` +
    `RSS ${(process.memoryUsage().rss / 1e6).toFixed(0)} MB`);
}
main(process.argv.slice(2));
