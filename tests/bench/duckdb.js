// SPDX-License-Identifier: MIT
// DuckDB for the bench: node duckdb.js MODULES FILE THREADS [FILE OF ROWS]
// Runs the question once and prints wall and CPU microseconds of it alone and the peak resident KiB of the process;
// the start of node and of the library is not counted.
const { createRequire } = require("module");
const { writeFileSync } = require("fs");
const [modules, file, threads, rowsFile] = process.argv.slice(2);
const { DuckDBInstance } = createRequire(modules + "/")("@duckdb/node-api");

const question = `
  select tribunal, cause, count(*), sum(claim_fen), avg(claim_fen),
         quantile_disc(claim_fen, 0.5), quantile_disc(claim_fen, 0.9)
  from read_json('${file}', format = 'newline_delimited',
                 columns = {tribunal: 'VARCHAR', cause: 'VARCHAR', claim_fen: 'BIGINT'})
  group by 1, 2 order by 1, 2`;

(async () => {
  const connection = await (await DuckDBInstance.create(":memory:", { threads })).connect();
  await connection.run("select 1");
  const cpu = process.cpuUsage(), start = process.hrtime.bigint();
  const rows = await (await connection.runAndReadAll(question)).getRows();
  const wall = (process.hrtime.bigint() - start) / 1000n, used = process.cpuUsage(cpu);
  console.log(`${wall} ${used.user + used.system} ${process.resourceUsage().maxRSS}`);
  if (rowsFile)
    writeFileSync(rowsFile, rows.map((r) => [r[0], r[1], r[2], r[3] ?? 0, r[5], r[6]].map((v) => v ?? "").join("\t") + "\n").join(""));
})();
