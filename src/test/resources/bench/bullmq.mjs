// One side of the comparison with BullMQ. Arguments: worker|producer, port of Redis, jobs, batch, concurrency, runs.
import { Queue, Worker } from 'bullmq';

const [side, port, jobs, batch, concurrency, runs] = process.argv.slice(2).map((word, i) => (i ? Number(word) : word));
const connection = { host: '127.0.0.1', port, maxRetriesPerRequest: null };
const data = { n: 12345, text: 'a small payload' };
const opts = { attempts: 3 };

if (side === 'worker') {
    new Worker('bench', async (job) => job.data, { connection, concurrency });
    console.log('ready');
} else {
    const queue = new Queue('bench', { connection });
    await queue.waitUntilReady();
    let finished = 0;
    const seconds = (since) => Number(process.hrtime.bigint() - since) / 1e9;
    const lanes = (count, lane) => Promise.all(Array.from({ length: count }, lane));
    const drain = async () => {
        for (;;) {
            const counts = await queue.getJobCounts('completed', 'failed');
            if (counts.failed > 0) throw new Error(`${counts.failed} failed`);
            if (counts.completed === finished) return;
            await new Promise((done) => setTimeout(done, 20));
        }
    };
    const bulk = async () => {
        const began = process.hrtime.bigint();
        let left = jobs / batch;
        await lanes(4, async () => {
            while (left-- > 0) await queue.addBulk(Array.from({ length: batch }, () => ({ name: 'noop', data, opts })));
        });
        finished += jobs;
        await drain();
        return jobs / seconds(began);
    };
    const single = async () => {
        const began = process.hrtime.bigint();
        let added = 0;
        await lanes(64, async () => {
            while (seconds(began) < 5) {
                await queue.add('noop', data, opts);
                added++;
            }
        });
        finished += added;
        const took = seconds(began);
        await drain();
        return added / took;
    };
    await bulk();
    for (let run = 0; run < runs; run++) console.log(`bulk ${await bulk()}`);
    await single();
    for (let run = 0; run < runs; run++) console.log(`single ${await single()}`);
    process.exit(0);
}
