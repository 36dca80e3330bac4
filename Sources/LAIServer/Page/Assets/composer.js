// Writing and sending.
import { $, $$, on, emit, here, api, make, memory, toast, attempt, later } from './base.js'
import { sync } from './sync.js'

const form = $('#composer'), text = $('#text')
const draft = () => 'draft.' + (here() ?? 'new')
let files = [], pending, made, sending

if (form) {
	text.value = memory.get(draft(), '')
	changed()
	const keep = later(200, () => memory.set(draft(), text.value || null))
	on(text, 'input', () => { changed(); keep() })
	on(text, 'keydown', e => {
		const edit = e.key === 'ArrowUp' && !text.value && $$('.msg.user [data-act="edit"]').at(-1)
		const sends = e.key === 'Enter' && !e.shiftKey && !e.isComposing
		if (edit || sends) e.preventDefault()
		if (edit) edit.click()
		if (sends) send()
	})
	on(form, 'submit', e => { e.preventDefault(); send() })
	on($('#stop'), 'click', stop)
	on($('#attach'), 'change', e => { attach(e.target.files); e.target.value = '' })
	on($('#local-only'), 'change', e => option({ local_only: e.target.checked }))
	const take = (e, list) => { if (list?.length) { e.preventDefault(); attach(list) } }
	on(text, 'paste', e => take(e, e.clipboardData.files))
	on(window, 'dragover', e => e.preventDefault())
	on(window, 'drop', e => take(e, e.dataTransfer.files))
}

export const option = change => here() && attempt(() => api('PATCH', 'conversations/' + here(), change))

function changed() {
	pending = null
	const count = Math.ceil(new TextEncoder().encode(text.value).length / 4)
	$('#tokens').textContent = count > 3 ? `≈ ${count.toLocaleString('en')} tokens` : ''
}

async function attach(list) {
	for (const file of [...list]) {
		const { name, type } = file, isImage = type.startsWith('image/')
		if (file.size > 20 << 20) toast(`“${name}” has more than 20 MB.`)
		else if (!isImage && /^$|^text\/|json|xml|script|yaml|toml|x-sh/.test(type)) {
			files.push({ type: 'text', name, text: `\n\n${name}:\n\n\`\`\`\`\n${await file.text()}\n\`\`\`\`` })
		} else {
			files.push({ type: isImage ? 'image' : 'file', media_type: type, name, base64: (await file.bytes()).toBase64() })
		}
	}
	showFiles()
}

function showFiles() {
	$('#attachments').replaceChildren(...files.map((file, index) => make('div', { className: 'chip' },
		file.type === 'image' ? make('img', { src: `data:${file.media_type};base64,${file.base64}`, alt: '' }) : make('i', { className: 'i-file' }),
		make('span', { textContent: file.name }),
		make('button', { type: 'button', className: 'i-close icon', ariaLabel: 'Remove ' + file.name, onclick: () => { files.splice(index, 1); showFiles(); text.focus() } }))))
	changed()
}

// Under the same id, sending twice is harmless.
async function send() {
	const words = text.value.trim(), isNew = !here()
	if ((!words && !files.length) || sending) return
	sending = true
	pending ??= crypto.randomUUID?.()
	const model = $('#model').dataset.model || undefined
	const parts = files.toSorted((a, b) => (a.type === 'text') - (b.type === 'text'))
	try {
		if (isNew) made ??= (await api('POST', 'conversations', {
			model, local_only: $('#local-only').checked, temporary: $('#temporary').checked, ...memory.get('new'),
		})).id
		await api('POST', `conversations/${here() ?? made}/messages`, { id: pending, parts, text: words, model })
		memory.set(draft())
		if (isNew) {
			memory.set('new')
			return location.assign('/c/' + made)
		}
		text.value = ''
		files = []
		showFiles()
		emit('sent')
		await sync()
	} catch (error) {
		toast(error.message)
		// A conversation without a message is none.
		if (isNew && made && error.status) { api('DELETE', `conversations/${made}?forever=true`).catch(() => {}); made = null }
	} finally { sending = false }
}

export async function stop() {
	const running = $('.msg[data-status="streaming"]')
	if (running) await attempt(() => api('POST', `messages/${running.dataset.id}/stop`))
	await sync()
}
