"""What a person does on the page: pictures, branches, import, search, order, and all of it by keyboard."""

import json
import unittest

from playwright.sync_api import expect

from support.browser import LAST, BrowserCase
from support.library import conversation, write
from support.provider import Gate
from support.server import Server

# One red pixel.
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg=="
PASTE = """(field, data) => {
  const bytes = Uint8Array.from(atob(data), c => c.charCodeAt(0))
  const files = new DataTransfer()
  files.items.add(new File([bytes], 'dot.png', { type: 'image/png' }))
  field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: files, bubbles: true, cancelable: true }))
}"""


class Use(BrowserCase):
    def test_a_pasted_picture_is_shown_sent_and_still_there_after_a_reload(self):
        self.page.locator("#text").evaluate(PASTE, PIXEL)
        expect(self.page.locator("#attachments img")).to_be_visible()
        self.ask("What is this?")
        self.is_over()
        content = self.provider.requests[-1]["messages"][-1]["content"]
        self.assertIn(PIXEL, json.dumps(content))
        expect(self.page.locator(".msg.user img.media")).to_be_visible()
        self.page.reload()
        expect(self.page.locator(".msg.user img.media")).to_have_js_property("naturalWidth", 1)

    def test_a_file_of_text_goes_along_and_can_be_taken_back(self):
        text = {"name": "notes.txt", "mimeType": "text/plain", "buffer": b"Remember the milk."}
        self.page.locator("#attach").set_input_files(text)
        expect(self.page.locator("#attachments")).to_contain_text("notes.txt")
        self.page.get_by_role("button", name="Remove notes.txt").click()
        expect(self.page.locator("#attachments")).to_be_empty()
        self.page.locator("#attach").set_input_files(text)
        self.ask("What must I remember?")
        self.is_over()
        self.assertIn("Remember the milk.", json.dumps(self.provider.requests[-1]["messages"]))

    def test_a_draft_is_kept_for_each_conversation(self):
        self.ask("First.")
        self.shows("First.")
        self.page.locator("#text").fill("A thought that is not ready")
        self.page.wait_for_function("() => Object.values(localStorage).some(value => value.includes('not ready'))")
        path = f"/c/{self.conversation()}"
        self.page.goto(self.server.url)
        expect(self.page.locator("#text")).to_have_value("")
        self.page.goto(self.server.url + path)
        expect(self.page.locator("#text")).to_have_value("A thought that is not ready")

    def test_what_is_sent_while_an_answer_comes_is_answered_after_it(self):
        gate = Gate()
        self.provider.prepare("The first.", gate)
        self.ask("One?")
        self.shows("The first.")
        self.ask("Two?")
        expect(self.page.locator(".msg.user")).to_have_count(2)
        self.assertEqual(len(self.provider.requests), 1)
        gate.open()
        self.shows("Two?")
        self.is_over()
        expect(self.page.locator(".msg.assistant").first).to_contain_text("The first.")

    def test_edit_and_regenerate_make_branches_that_can_be_leafed_through(self):
        self.ask("Say one.")
        self.shows("Say one.")
        self.is_over()
        self.provider.prepare("Another.")
        self.page.locator(LAST).hover()
        self.page.locator("[data-act=regenerate]").last.click()
        self.shows("Another.")
        self.is_over()
        expect(self.page.locator(LAST).locator(".siblings")).to_contain_text("2/2")
        self.page.locator(LAST).locator("[data-act=prev]").click()
        self.shows("Say one.")
        self.page.locator(".msg.user").hover()
        self.page.locator(".msg.user [data-act=edit]").click()
        field = self.page.locator(".msg.user textarea")
        expect(field).to_have_value("Say one.")
        field.fill("Say two.")
        field.press("Enter")
        self.shows("Say two.")
        expect(self.page.locator(".msg.user .siblings")).to_contain_text("2/2")
        self.is_over()
        self.page.locator(".msg.user [data-act=prev]").click()
        expect(self.page.locator(".msg.user")).to_contain_text("Say one.")
        expect(self.page.locator(LAST).locator(".siblings")).to_contain_text("/2")

    def test_instructions_and_parameters_are_kept_with_a_conversation(self):
        self.page.locator("#more").click()
        self.page.locator("[name=system]").fill("Be brief.")
        self.page.locator("[name='parameters.temperature']").fill("0.35")
        self.page.locator("dialog .primary").click()
        self.page.reload()
        self.page.locator("#more").click()
        expect(self.page.locator("[name='parameters.temperature']")).to_have_value("0.35")
        self.page.keyboard.press("Escape")
        self.ask("One?")
        self.shows("One?")
        asked = self.provider.requests[-1]
        self.assertEqual((asked["temperature"], asked["messages"][0]["content"]), (0.35, "Be brief."))
        # In another browser it is the same.
        context = self.browser.new_context(**self.window)
        self.addCleanup(context.close)
        other = context.new_page()
        other.goto(self.page.url)
        for page in (other, self.page):
            page.locator("#more").click()
            page.locator("#menu [data-open$=options]").click()
        expect(other.locator("[name='parameters.temperature']")).to_have_value("0.35")
        self.page.locator("[name='parameters.temperature']").fill("")
        self.page.locator("[name='parameters.reasoning']").select_option("low")
        self.page.locator("dialog .primary").click()
        expect(self.page.locator("dialog")).to_have_count(0)
        self.ask("Two?")
        self.shows("Two?")
        asked = self.provider.requests[-1]
        self.assertNotIn("temperature", asked)
        self.assertEqual(asked["reasoning_effort"], "low")
        self.page.reload()
        self.page.locator("#more").click()
        self.page.locator("#menu [data-open$=options]").click()
        expect(self.page.locator("[name='parameters.reasoning']")).to_have_value("low")

    def test_a_branch_is_shown_as_it_was_left(self):
        self.ask("One?")
        self.is_over()
        self.ask("Two?")
        expect(self.page.locator(".msg")).to_have_count(4)
        self.is_over()
        self.page.locator(LAST).locator("[data-act=regenerate]").click()
        expect(self.page.locator(LAST).locator(".siblings")).to_contain_text("2/2")
        self.page.locator(LAST).locator("[data-act=prev]").click()
        expect(self.page.locator(LAST).locator(".siblings")).to_contain_text("1/2")
        first = self.page.locator(".msg.assistant").first
        first.locator("[data-act=regenerate]").click()
        expect(first.locator(".siblings")).to_contain_text("2/2")
        first.locator("[data-act=prev]").click()
        expect(self.page.locator(".msg")).to_have_count(4)
        expect(self.page.locator(LAST).locator(".siblings")).to_contain_text("1/2")

    def test_an_address_without_a_page_says_so_and_leads_back(self):
        for path in ("/nowhere", "/c/0192aaaa-0000-7000-8000-000000000000", "/c/nothing"):
            answer = self.page.goto(self.server.url + path)
            self.assertIn(answer.status, (400, 404))
            expect(self.page.locator("h1")).to_be_visible()
            expect(self.page.locator("main p")).to_contain_text("no")
            self.is_accessible(path)
        self.page.get_by_role("link", name="To LAI").click()
        expect(self.page.locator("#text")).to_be_visible()

    def test_the_first_page_shows_its_beginning(self):
        server = Server()
        self.addCleanup(server.close)
        self.page.set_viewport_size({"width": 1000, "height": 420})
        self.page.goto(server.url)
        expect(self.page.locator("#guide h2").first).to_be_visible()
        scrolls = self.page.evaluate("(() => { const box = document.querySelector('#scroll'); return [box.scrollHeight > box.clientHeight, box.scrollTop] })()")
        self.assertEqual(scrolls, [True, 0])
        expect(self.page.locator("#jump")).to_be_hidden()

    def test_routing_is_set_and_tried_in_the_settings(self):
        self.page.goto(self.server.url + "/settings")
        routing = self.page.get_by_role("region", name="Routing")
        routing.get_by_label("An answer that breaks off").select_option("any")
        routing.get_by_label("New conversations never leave").check()
        routing.get_by_label("Seconds").fill("2.5")
        routing.get_by_role("button", name="Save").click()
        expect(self.page.locator("#toast")).to_contain_text("Saved.")
        self.page.reload()
        expect(routing.get_by_label("An answer that breaks off")).to_have_value("any")
        expect(routing.get_by_label("New conversations never leave")).to_be_checked()
        expect(routing.get_by_label("Seconds")).to_have_value("2.5")
        routing.get_by_label("Who would answer this?").fill("Why does this Python not compile?")
        routing.get_by_role("button", name="Show").click()
        expect(routing.locator("output")).to_contain_text("a question of the kind code")
        expect(routing.locator("output li")).to_contain_text("this machine")
        self.assertEqual(self.provider.requests, [])
        self.is_accessible("routing")

    def test_delete_can_be_undone(self):
        self.ask("Keep me.")
        self.shows("Keep me.")
        id = self.conversation()
        self.page.locator("#more").click()
        self.page.locator("#menu button", has_text="Delete").click()
        expect(self.page.locator(f"a.conversation[data-id='{id}']")).to_have_count(0)
        self.page.locator("#toast button").click()
        expect(self.page.locator(f"a.conversation[data-id='{id}']")).to_have_count(1)

    def test_rename_and_pin_are_seen_in_every_tab(self):
        self.ask("Something.")
        self.shows("Something.")
        id, other = self.conversation(), self.tab()
        link = other.locator(f"a.conversation[data-id='{id}']")
        expect(link).to_have_count(1)
        self.api.call("PATCH", f"/conversations/{id}", {"title": "A better name", "pinned": True})
        expect(link).to_contain_text("A better name")
        expect(self.page.locator("#title")).to_have_text("A better name")
        expect(other.locator("#conversations")).to_contain_text("Pinned")

    def test_import_by_the_page_and_twice_is_harmless(self):
        path = write(self.server.home / "export.json", [conversation("From elsewhere", ["What is a fjord?", "A long inlet."])])
        self.page.goto(self.server.url + "/settings")
        for _ in range(2):
            with self.page.expect_response("**/lai/v1/import") as answered:
                self.page.locator("#import").set_input_files(str(path))
            self.assertEqual(answered.value.status, 200)
        expect(self.page.locator("a.conversation")).to_have_count(1)
        self.page.get_by_role("link", name="From elsewhere").click()
        expect(self.page.locator(".msg.assistant")).to_contain_text("A long inlet.")

    def test_search_finds_with_snippets_and_jumps_to_the_message(self):
        texts = [f"Filler {number}. " + "More. " * 60 for number in range(200)]
        texts[20] = "Where is the platypus?"
        self.server.lai("import", str(write(self.server.home / "all.json", [conversation("Animals", texts), conversation("Plants", ["Moss?", "Green."])])))
        self.page.keyboard.press("Control+k")
        self.page.keyboard.type("platypus")
        hit = self.page.locator("a.hit")
        expect(hit).to_have_count(1)
        expect(hit.locator("mark")).to_have_text("platypus")
        hit.click()
        expect(self.page.get_by_text("Where is the platypus?")).to_be_in_viewport()

    def test_a_temporary_conversation_and_the_local_switch_cannot_be_overlooked_and_leave_no_trace(self):
        self.page.get_by_role("switch", name="Temporary").check()
        self.page.get_by_role("switch", name="This machine only").check()
        expect(self.page.locator("#flags .temporary")).to_be_visible()
        expect(self.page.locator("#flags .local")).to_be_visible()
        self.ask("A secret.")
        self.shows("A secret.")
        expect(self.page.locator("#flags .temporary")).to_be_visible()
        self.assertNotIn("secret", self.server.lai("export", "--all", "--format", "json"))

    def test_the_model_is_chosen_by_searching(self):
        self.page.locator("#model").click()
        dialog = self.page.locator("#models")
        expect(dialog.get_by_role("option")).not_to_have_count(0)
        self.page.keyboard.type("owl")
        expect(dialog.locator("[role=option]:visible")).to_have_count(1)
        self.page.keyboard.press("Enter")
        expect(dialog).to_be_hidden()
        self.ask("Who?")
        self.is_over()
        self.assertEqual(self.provider.requests[-1]["model"], "owl")

    def test_everything_of_a_chat_can_be_done_by_keyboard_alone(self):
        keys, gate = self.page.keyboard, Gate()
        keys.type("First line")
        keys.press("Shift+Enter")
        keys.type("second line")
        keys.press("Enter")
        self.shows("First line\nsecond line")
        self.is_over()
        self.provider.prepare("For ever", gate)
        self.page.wait_for_function("() => document.activeElement.id === 'text'")
        keys.type("Again")
        keys.press("Enter")
        self.shows("For ever")
        keys.press("Escape")
        self.is_over("stopped")
        keys.press("ArrowUp")
        self.page.wait_for_function("() => document.activeElement.closest('.editor')")
        keys.press("Control+a")
        keys.type("Edited")
        keys.press("Enter")
        self.shows("Edited")
        self.is_over()
        keys.press("Control+/")
        expect(self.page.get_by_role("dialog")).to_be_visible()
        keys.press("Escape")
        expect(self.page.get_by_role("dialog")).to_have_count(0)
        keys.press("Control+Shift+S")
        expect(self.page.locator("#sidebar")).to_be_hidden()
        keys.press("Control+Shift+S")
        expect(self.page.locator("#sidebar")).to_be_visible()
        keys.press("Control+k")
        self.page.wait_for_function("() => document.activeElement.id === 'search'")
        # Every button is reached by Tab, and the one that has the focus is seen.
        reached = set()
        for _ in range(60):
            keys.press("Tab")
            reached.add(self.page.evaluate("() => document.activeElement.dataset.act ?? document.activeElement.id"))
        self.assertLessEqual({"copy", "edit", "regenerate", "fork", "delete", "receipt", "model", "text", "attach", "local-only", "new"}, reached)
        keys.press("Control+Shift+O")
        expect(self.page.locator(".msg")).to_have_count(0)


if __name__ == "__main__":
    unittest.main()
