"""From a key to the line under the words: posts typed in a real browser, with all checks and a hundred house rules."""

import asyncio
import os
import signal
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import msgspec
from playwright.async_api import Page, async_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from counterparts.pds import free_port
from spine.house import charter

POSTS = 60
RULES = 100
BETWEEN_KEYS_MS = 60
"""About 200 characters a minute more than a fast typist."""
VIGIE = Path(sys.executable).parent / "vigie"
ARGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
BEGUN = "Samedi, on ouvre au public. Venez sentir le premier crack, de 10 h à 17 h, quai des Tonneliers. "
BAD = "Nos cafés sont garantis à vie"
WATCH = """() => {
  window.spent = [];
  const under = document.querySelector('[data-sheet=""] [data-under]');
  const text = document.querySelector('[data-sheet=""] textarea');
  let last = 0;
  text.addEventListener('input', () => { last = performance.now(); });
  new MutationObserver(() => {
    if (!text.value.endsWith('vie') || !last) return;
    const marked = [...under.querySelectorAll('.find')].some((one) => one.textContent.endsWith('vie'));
    if (marked) { window.spent.push(performance.now() - last); last = 0; }
  }).observe(under, { childList: true, subtree: true, characterData: true });
}"""


async def main() -> None:
    """Prints ``typing_to_marks_p50_ms``, ``typing_to_marks_p95_ms``: from the last letter to its line."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        home.mkdir(mode=0o700)
        (home / "charter.yaml").write_bytes(_charter())
        port = free_port()
        env = {name: value for name, value in os.environ.items() if not name.startswith("VIGIE_")}
        env |= {"VIGIE_HOME": str(home), "VIGIE_PORT": str(port)}
        made = subprocess.run([VIGIE, "init"], env=env, check=True, capture_output=True, text=True)
        password = made.stdout.split("Password: ")[1].split()[0]
        process = subprocess.Popen([VIGIE, "web"], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            await _measure(f"http://127.0.0.1:{port}", password)
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(20)


def _charter() -> bytes:
    """A house with as many rules of its own."""
    written = msgspec.json.decode(charter([], {"brand": '"brûlerie du port"'}))
    written["rules"] = [
        {
            "id": f"r{n}",
            "match": f'"mot interdit {n}" OR (interdit{n} NEAR/3 maison)',
            "why": "Nous ne disons pas cela.",
            "bad": [f"un mot interdit {n} ici"],
            "good": ["autre chose"],
        }
        for n in range(RULES)
    ]
    return msgspec.json.encode(written)


async def _measure(url: str, password: str) -> None:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGS)
        page = await (await browser.new_context(base_url=url, locale="fr-FR")).new_page()
        await _opened(page, password)
        spent: list[float] = []
        for number in range(POSTS):
            spent += await _typed(page, number)
        await browser.close()
    spent.sort()
    if len(spent) < POSTS:
        print(f"typing_to_marks_seen {len(spent)} of_{POSTS}")
        raise SystemExit(1)
    print(f"typing_to_marks_p50_ms {statistics.median(spent):.0f} ms")
    print(f"typing_to_marks_p95_ms {spent[int(len(spent) * 0.95)]:.0f} ms")
    print(f"load_1min {os.getloadavg()[0]:.2f} of_{os.cpu_count()}_cores")


async def _opened(page: Page, password: str) -> None:
    for _ in range(200):
        try:
            await page.goto("/login")
            break
        except Exception:  # noqa: BLE001 - not listening yet
            await asyncio.sleep(0.1)
    await page.fill("[name=login]", "owner")
    await page.fill("[name=password]", password)
    await page.press("[name=password]", "Enter")
    await page.wait_for_url(lambda at: "/login" not in at)
    await page.goto("/drafts/new")
    await page.evaluate(WATCH)


async def _typed(page: Page, number: int) -> list[float]:
    """One post, the letters that matter one by one."""
    text = page.locator('[data-sheet=""] textarea')
    await text.fill(f"{number}. {BEGUN}")
    await page.evaluate("window.spent = []")
    await text.press("Control+End")
    await page.keyboard.type(BAD, delay=BETWEEN_KEYS_MS)
    await page.wait_for_function("() => window.spent.length", timeout=10_000)
    found: list[float] = await page.evaluate("window.spent")
    return found[:1]


if __name__ == "__main__":
    asyncio.run(main())
