// Commands of a test come as lines of JSON on standard input, and each gets one line of JSON back on
// standard output. When the input ends, this process ends: it never outlives the test.

import { createInterface } from "node:readline";

// Only answers may stand on standard output.
console.log = console.info = console.debug = console.error;

/// commands: functions by name; each takes the command's arguments and gives its value, or a promise
/// of it. What they throw becomes the answer's problem.
export function serve(commands) {
  const lines = createInterface({ input: process.stdin });
  lines.on("line", async (line) => {
    const { id, command, arguments: given } = JSON.parse(line);
    try {
      answer({ id, value: (await commands[command](given)) ?? null });
    } catch (problem) {
      answer({ id, problem: String(problem?.stack ?? problem) });
    }
  });
  lines.on("close", () => process.exit(0));
}

function answer(message) {
  process.stdout.write(JSON.stringify(message) + "\n");
}
