// The conversations, what is unread, and what is told while nobody looks.
import { $, $$, on, here, fragment, later, memory, ask, cookie, root, attempt, toast } from './base.js'

const box = $('#conversations'), search = $('#search')

const load = later(150, async () => {
	const what = search.value ? 'q=' + encodeURIComponent(search.value) : `archived=${location.pathname === '/archive'}&current=${here() ?? ''}`
	try { box.replaceChildren(await fragment('sidebar?' + what)) } catch {}
	mark()
})

function mark() {
	const unread = memory.get('unread', {})
	if (!document.hidden && unread[here()]) {
		delete unread[here()]
		memory.set('unread', unread)
	}
	for (const link of $$('.conversation', box)) link.toggleAttribute('data-unread', !!unread[link.dataset.id])
}

export function refresh(changes, leads) {
	load()
	for (const { status, conversation } of changes ?? []) {
		const ran = $(`.conversation[data-running][data-id="${conversation}"]`)
		if (!ran || !/sent|stopped|failed|interrupted/.test(status)) continue
		memory.set('unread', { ...memory.get('unread'), [conversation]: 1 })
		setTimeout(mark, 500)
		if (leads && !memory.get('focus') && memory.get('notify')) {
			new Notification(ran.textContent, { body: status === 'sent' ? 'Answered' : 'The answer broke off', tag: conversation }).onclick = () => { focus(); location.assign(ran) }
		}
	}
}

on(search, 'input', load)
const look = () => { memory.set('focus', document.hasFocus() || null); mark() }
for (const kind of ['focus', 'blur', 'visibilitychange']) on(window, kind, look)
on(window, 'pagehide', () => memory.set('focus'))
on(window, 'storage', mark)
look()

const theme = $('#theme'), notify = $('#notify'), file = $('#import')
on(theme, 'change', () => cookie('theme', root.dataset.theme = theme.value))
if (notify) notify.checked = memory.get('notify', false)
on(notify, 'change', async () => {
	if (notify.checked) notify.checked = await Notification.requestPermission() === 'granted'
	memory.set('notify', notify.checked || null)
})
on(file, 'change', () => attempt(async () => {
	const [body] = file.files
	toast('Importing …')
	await ask('/lai/v1/import', { method: 'POST', body, headers: { 'Content-Type': body.name.endsWith('.zip') ? 'application/zip' : 'application/json' } })
	file.value = ''
	toast('The conversations of the file are here now.')
	load()
}))
