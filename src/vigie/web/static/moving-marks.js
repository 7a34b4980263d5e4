// Marks under a text that somebody types on: those of words that did not change go along with them, the others vanish.

// A mark is [start, end, …], in places of `before`. Gives what moves a list of them to their places in `now`.
export function moving(before, now) {
  const most = Math.min(before.length, now.length);
  let head = 0;
  while (head < most && before[head] === now[head]) head += 1;
  let tail = 0;
  while (tail < most - head && before[before.length - 1 - tail] === now[now.length - 1 - tail]) tail += 1;
  const shift = now.length - before.length;
  return (marks) => marks.flatMap(([start, end, ...rest]) => {
    if (end <= head) return [[start, end, ...rest]];
    return start >= before.length - tail ? [[start + shift, end + shift, ...rest]] : [];
  });
}
