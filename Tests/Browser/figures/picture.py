"""Makes docs/reload.gif, a reload in mid-stream: Tests/Browser/figures/picture.py, as measure.py beside it; it needs Pillow, too."""

import io
import os
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from PIL import Image, ImageDraw, ImageFont
from playwright.sync_api import sync_playwright

from support.library import conversation, write
from support.provider import Provider
from support.server import ROOT, Server

WIDTH, HEIGHT, STRIP = 880, 560, 36
ANSWER = """A hash table keeps its entries in **buckets**. Where an entry goes, its key tells:

```swift
struct Table {
    private var buckets: [[(key: String, value: Int)]]

    subscript(key: String) -> Int? {
        buckets[abs(key.hashValue) % buckets.count]
            .first { $0.key == key }?.value
    }
}
```

| | list | hash table |
|---|---|---|
| find | every entry | one bucket |
| add | at once | at once, now and then all |

Two keys may share a bucket; then both are looked at. It stays fast as long as there are about as many buckets as entries."""


def main():
    provider = Provider()
    server = Server(provider)
    titles = ["Bread without kneading", "Regular expressions for dates", "A week in Lisbon"]
    server.lai("import", str(write(server.home / "all.json", [conversation(title, ["Hi.", "Hello."]) for title in titles])))
    frames = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ.get("LAI_CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        began = time.perf_counter()

        def shoot(said, seconds, still=None):
            """Pictures for so long, or one that stands so long."""
            end = time.perf_counter() + seconds
            while True:
                picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
                frames.append((time.perf_counter() - began, caption(picture, said), still))
                if still or time.perf_counter() >= end:
                    return
                page.wait_for_timeout(100)

        page.goto(server.url)
        provider.prepare(*[word + " " for word in ANSWER.split(" ")], rate=14)
        page.locator("#text").press_sequentially("How does a hash table work?", delay=5)
        shoot("A question", 0, still=0.8)
        page.locator("#text").press("Enter")
        page.wait_for_selector(".msg.assistant")
        shoot("The answer comes …", 2.6)
        shoot("Reload, in mid-answer", 0, still=0.9)
        page.reload()
        shoot("… and goes on where it was: nothing missing, nothing twice", 0.1)
        while page.locator(".msg.assistant").get_attribute("data-status") == "streaming":
            shoot("… and goes on where it was: nothing missing, nothing twice", 0)
            page.wait_for_timeout(100)
        page.wait_for_selector(".conversation[data-running]", state="detached")
        shoot("… and is whole", 0, still=2.5)
        browser.close()
    server.close()
    provider.close()
    save(frames, ROOT / "docs/reload.gif")


def caption(picture, said):
    whole = Image.new("RGB", (WIDTH, HEIGHT + STRIP), "#26242c")
    whole.paste(picture, (0, STRIP))
    ImageDraw.Draw(whole).text((WIDTH / 2, STRIP / 2), said, "#ffffff", ImageFont.load_default(16), "mm")
    return whole


def save(frames, path):
    ends = [after[0] for after in frames[1:]] + [frames[-1][0]]
    times = [still or end - begin for (begin, _, still), end in zip(frames, ends)]
    palette = frames[-1][1].quantize(96)
    pictures = [picture.quantize(palette=palette, dither=Image.Dither.NONE) for _, picture, _ in frames]
    pictures[0].save(path, save_all=True, append_images=pictures[1:], duration=[max(20, round(t * 1000)) for t in times], loop=0, optimize=True)
    print(f"{path.name}: {len(frames)} pictures, {sum(times):.0f} s, {path.stat().st_size >> 10} kB")


main()
