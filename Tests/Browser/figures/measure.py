"""The page's figures: Tests/Browser/figures/measure.py, with LAI_PROGRAM naming a release build.

Run it by .build/browser-tests/bin/python after script/test-browser has made that environment.
"""

import os
import pathlib
import statistics
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from playwright.sync_api import sync_playwright

from support.api import API
from support.library import conversation, write
from support.provider import Gate, Provider
from support.server import Server

TOKENS = [f"word{number} " if number % 60 else f"\n\n**Paragraph** {number}. " for number in range(1, 10_001)]
LONG_TASKS = """
window.longTasks = []
new PerformanceObserver(list => longTasks.push(...list.getEntries().map(entry => entry.duration))).observe({ type: 'longtask' })
"""


def ready(provider):
    times = []
    for _ in range(10):
        began = time.perf_counter()
        server = Server(provider)
        API(server).raw("GET", "/healthz")
        times.append((time.perf_counter() - began) * 1000)
        server.close()
    print(f"lai serve ready (process started to /healthz answered): {statistics.median(times):.0f} ms at the median, {max(times):.0f} ms at most")


def cost(client):
    values = {item["name"]: item["value"] for item in client.send("Performance.getMetrics")["metrics"]}
    return values["TaskDuration"], values["JSHeapUsedSize"] / 1e6, values["Nodes"]


def streaming(browser, provider, server):
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.add_init_script(LONG_TASKS)
    client = context.new_cdp_session(page)
    received = {}
    client.on("Network.responseReceived", lambda event: received.setdefault(event["requestId"], [event["response"]["url"], 0]))
    client.on("Network.dataReceived", lambda event: event["requestId"] in received and received[event["requestId"]].__setitem__(1, received[event["requestId"]][1] + event["dataLength"]))
    client.send("Network.enable")
    client.send("Performance.enable")
    page.goto(server.url)
    gate = Gate()
    answer = provider.prepare(gate, *TOKENS, rate=200)
    page.locator("#text").fill("A long answer, please.")
    page.locator("#text").press("Enter")
    page.wait_for_selector(".msg.assistant")
    gate.reached.wait(10)
    page.wait_for_timeout(1000)
    page.evaluate("longTasks.length = 0")
    busy, _, _ = cost(client)
    began = time.perf_counter()
    gate.open()
    page.wait_for_selector(".msg.assistant[data-status=sent]", timeout=120_000)
    took = time.perf_counter() - began
    share = (cost(client)[0] - busy) / took
    tasks = page.evaluate("longTasks")
    html = len(page.locator(".msg.assistant .body").inner_html().encode())
    sent = sum(size for url, size in received.values() if "/streams/" in url)
    print(f"bytes of the stream for 10,000 tokens: {sent:,}; the answer's HTML: {html:,}; ratio {sent / html:.2f}")
    print(f"streaming at 200 tokens a second for {took:.0f} s: main thread busy {share:.1%}; long tasks {len(tasks)}, longest {max(tasks, default=0):.0f} ms")
    heaps = []
    for _ in range(4):
        client.send("HeapProfiler.collectGarbage")
        heaps.append(cost(client)[1:])
        page.wait_for_timeout(3000)
    print("heap after the end, MB and nodes, 3 s apart: " + ", ".join(f"{heap:.1f} ({nodes:.0f})" for heap, nodes in heaps))
    context.close()


PAINT = """() => new Promise(done => {
  const look = () => { const paint = performance.getEntriesByName('first-contentful-paint')[0]; paint ? done(paint.startTime) : setTimeout(look, 10) }
  look()
})"""


def paints(browser, address, before=None):
    """The first contentful paint of a page, ten times without a cache: in a tab that shows another page, or in a new context."""
    times = []
    for _ in range(10):
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        page = context.new_page()
        if before:
            page.goto(before)
            page.wait_for_timeout(300)
            client = context.new_cdp_session(page)
            client.send("Network.enable")
            client.send("Network.setCacheDisabled", {"cacheDisabled": True})
        page.goto(address)
        times.append(page.evaluate(PAINT))
        context.close()
    return f"{statistics.median(times):.0f} ms at the median, {max(times):.0f} ms at most"


def first_paint(browser, server):
    long = conversation("Long", [f"Message {number}.\n\n" + "Some **more** text. " * 20 for number in range(1000)])
    server.lai("import", str(write(server.home / "all.json", [long])))
    address = f"{server.url}/c/{long['id']}"
    print(f"first paint of a conversation of 1,000 messages, no cache, in an open tab: {paints(browser, address, server.url + '/settings')}")
    print(f"… in a new browser context: {paints(browser, address)}; a line of text there: {paints(browser, server.url + '/healthz')}")


def main():
    provider = Provider()
    ready(provider)
    server = Server(provider)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ.get("LAI_CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"])
        first_paint(browser, server)
        streaming(browser, provider, server)
        browser.close()
    server.close()
    provider.close()


main()
