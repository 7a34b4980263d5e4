"""Judges a page as somebody would who cannot see it, has a small screen, or big fingers."""

from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).resolve().parents[2] / ".cache/frontend/axe.min.js"
WIDTHS = (1440, 720, 390, 320)
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules for which a theme makes a difference: the page is the same by night."""


def check_page(page: Page, widths: Sequence[int] = WIDTHS) -> None:
    """axe-core on a desk and a phone, by night for colours alone; at each width, no sideways scrolling and, on small
    screens, no target under 24 px. Fails with what it found."""
    assert AXE.exists(), "axe-core is missing: run scripts/frontend.py --dev"
    found: list[str] = []
    first = page.viewport_size
    page.evaluate(AXE.read_text())  # over the debugging protocol: the page's content policy stays as it is
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900 if width > 500 else 844})
        found += [f"{width}: {problem}" for problem in page.evaluate(OVERFLOW) + page.evaluate(SMALL)]
        for theme, rules in (("light", TAGS), ("dark", COLOURS)) if width in (1440, 390) else ():
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            found += [f"{width} {theme}: {problem}" for problem in violations(page, rules)]
    page.set_viewport_size(first)
    assert not found, "\n".join(dict.fromkeys(found))


def violations(page: Page, only: Sequence[str] = TAGS) -> list[str]:
    """What axe-core finds, for its tags or rules in ``only``; the page must hold its script."""
    found = page.evaluate("only => axe.run(document, {runOnly: only}).then(r => r.violations)", only)
    return [
        f"{one['id']} ({len(one['nodes'])}): " + " ## ".join(node["html"][:140] for node in one["nodes"][:3])
        for one in found
    ]


OVERFLOW = """() => {
  const width = innerWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const wide = [...document.querySelectorAll('body *')].filter((element) => {
    const box = element.getBoundingClientRect();
    const scrolls = '.table-wrap,.tabs,.filters,.code,.diff--lines,svg,dialog:not([open])';
    return box.width && box.right > width + 1 && !element.closest(scrolls);
  });
  const named = (e) => `${e.tagName}.${e.className} to ${Math.round(e.getBoundingClientRect().right)}`;
  return ['scrolls sideways: ' + wide.slice(0, 4).map(named).join(' | ')];
}"""

SMALL = """() => {
  if (innerWidth > 390) return [];
  return [...document.querySelectorAll('button, a.btn, .nav a, input, select')].filter((element) => {
    const box = element.getBoundingClientRect();
    return box.width && (box.height < 24 || box.width < 24) && !element.closest('dialog, [popover], label')
      && !element.classList.contains('link') && !['checkbox', 'radio', 'hidden'].includes(element.type);
  }).map((element) => 'target under 24 px: ' + element.outerHTML.slice(0, 100));
}"""
