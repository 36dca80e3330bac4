// What buttons and forms do.
import { $, $$, root, on, here, api, ask, fragment, make, memory, toast, attempt, cookie } from './base.js'
import { sync } from './sync.js'
import { option, stop } from './composer.js'

async function copy(text, button) {
	await navigator.clipboard.writeText(text)
	button.classList.add('copied')
	setTimeout(() => button.classList.remove('copied'), 1500)
}

let going
// What is deleted goes a while later: it can stay after all.
function remove(id, button) {
	const all = $$('.msg'), articles = all.slice(all.indexOf(button.closest('.msg')))
	going?.()
	const drop = () => { clearTimeout(timer); going = null }
	const show = () => { for (const article of $$('.msg[hidden]')) article.hidden = false }
	going = () => { drop(); attempt(() => api('DELETE', 'messages/' + id).then(sync, error => { show(); throw error })) }
	const timer = setTimeout(going, 8000)
	for (const article of articles) article.hidden = true
	toast(articles.length > 1 ? 'Deleted, with what follows.' : 'Deleted.', 'Undo', () => { drop(); show() })
}

const again = (id, button) => api('POST', `messages/${id}/${button.dataset.act}`, {})
const choose = (id, button) => api('POST', `messages/${button.dataset.to}/choose`)
const acts = {
	regenerate: again, retry: again, continue: again, prev: choose, next: choose, delete: remove,
	copy: async (id, button) => copy(await (await ask(`/page/messages/${id}/text`)).text(), button),
	'copy-code': (id, button) => copy($('code', button.closest('.code')).textContent, button),
	fork: async id => location.assign('/c/' + (await api('POST', `conversations/${here()}/fork`, { message: id })).id),
	receipt: id => open(`messages/${id}/receipt`),
	async edit(id, button) {
		const article = button.closest('.msg')
		article.append(await fragment(`messages/${id}/edit`))
		article.classList.add('editing')
		$('textarea', article).focus()
	},
	cancel(id, button) { close(button); $('#text')?.focus() },
}

// Ends the form or the dialog in which something is.
function close(element) {
	element.closest('dialog')?.close()
	element.closest('.msg')?.classList.remove('editing')
	element.closest('.editor')?.remove()
}

// data-do: a request; -json: its body; -undo: the body that undoes it; -go: where to go then.
async function perform(element, body) {
	const { do: what, json, say, undo, go, of } = element.dataset
	const [method, path] = what.split(' ')
	const answer = await api(method, path, (json || body) && { ...(json && JSON.parse(json)), ...body })
	const news = { text: say?.replace('{}', answer?.path ?? answer?.models?.length), path, undo: undo && JSON.parse(undo) }
	if (go && (!of || of === here())) {
		memory.set('news', news)
		return location.assign(go)
	}
	close(element)
	tell(news)
}

function tell({ text, path, undo } = {}) {
	if (text) toast(text, undo && 'Undo', () => attempt(() => api('PATCH', path, undo)))
}

async function open(path) {
	$('dialog')?.remove()
	const box = make('dialog', { id: path.split('/').at(-1) }, await fragment(path))
	box.setAttribute('aria-labelledby', 'heading')
	box.onclick = e => { if (e.target === box) box.close() }
	box.onclose = () => box.remove()
	document.body.append(box)
	box.showModal()
	if ($('form[data-new]', box)) {
		const { system, parameters } = memory.get('new', {})
		for (const field of $$('[name]', box)) field.value = field.name === 'system' ? system ?? '' : parameters?.[field.name.slice(11)] ?? ''
	}
	if (path === 'models') models(box)
}

async function menu(button) {
	const box = $('#menu')
	box.replaceChildren(await fragment(`conversations/${button.dataset.menu}/menu`))
	box.showPopover({ source: button })
	$('button', box).focus()
	box.onclick = () => box.hidePopover()
}

const value = field => 'list' in field.dataset ? field.value.split(',').map(tag => tag.trim()).filter(Boolean)
	: field.type === 'checkbox' ? field.checked || null : field.type === 'number' ? field.valueAsNumber : field.value || null

function submit(form) {
	const body = {}
	for (const field of form.elements) {
		const [name, parameter] = field.name.split('.')
		if (parameter) (body[name] ??= {})[parameter] = value(field)
		else if (name) body[name] = value(field)
	}
	const { ask, do: what } = form.dataset
	if (ask) return attempt(async () => $('output', form).replaceChildren(await fragment(ask + encodeURIComponent(body.text))))
	if (what) return attempt(async () => { await perform(form, body); sync() })
	memory.set('new', body)
	close(form)
}

function models(box) {
	const input = $('input', box), list = $('.list', box), all = $$('[role="option"]', list), recent = memory.get('recent', [])
	for (const name of recent.toReversed()) list.prepend(...all.filter(item => item.dataset.model === name))
	const pick = item => {
		if (!item) return
		const { model } = item.dataset
		$('#model').dataset.model = model
		$('#model span').textContent = model || 'Default model'
		if (model) memory.set('recent', [model, ...recent.filter(name => name !== model)].slice(0, 5))
		option({ model: model || null })
		box.close()
	}
	const shown = () => $$('[role="option"]:not([hidden])', list)
	const select = chosen => {
		for (const item of all) item.ariaSelected = item === chosen
		chosen?.scrollIntoView({ block: 'nearest' })
		input.setAttribute('aria-activedescendant', chosen?.id ?? '')
	}
	input.oninput = () => {
		for (const item of all) item.hidden = !item.textContent.toLowerCase().includes(input.value.toLowerCase()) || ('remote' in item.dataset && $('#local-only').checked)
		select(shown()[0])
	}
	input.onkeydown = e => {
		const items = shown(), at = items.findIndex(item => item.ariaSelected === 'true'), step = { ArrowDown: 1, ArrowUp: -1 }[e.key]
		if (step) select(items.at((at + step) % items.length))
		if (e.key === 'Enter') pick(items[at])
		if (step || e.key === 'Enter') e.preventDefault()
	}
	list.onclick = e => pick(e.target.closest('[role="option"]'))
	input.oninput()
}

// Sets up the local model, told in frames.
async function local(button) {
	const bar = make('progress', { ariaLabel: 'Progress' }), text = make('p', { role: 'status' })
	button.replaceWith(bar, text)
	const { body } = await ask('/lai/v1/local-model', { method: 'POST' })
	let all = '', news
	for await (const piece of body.pipeThrough(new TextDecoderStream())) {
		news = JSON.parse(/data:([^\n]*)\n\n$/.exec(all += piece)?.[1] ?? '{}')
		text.textContent = news.detail ?? news.text ?? text.textContent
		if (news.share) bar.value = news.share
	}
	news?.detail ? bar.remove() : location.reload()
}

// Over a narrow page the sidebar is a drawer.
const isOpen = () => getComputedStyle($('#sidebar')).visibility === 'visible'
function fold() {
	const opens = !isOpen()
	if (innerWidth < 800) root.classList.toggle('drawer', opens)
	else cookie('sidebar', root.dataset.sidebar = opens ? 'shown' : 'hidden')
	$(opens ? '#search' : '#show')?.focus()
}

function press(button) {
	const { act, open: path, menu: id, do: what, fold: folds } = button.dataset
	return act ? acts[act](button.closest('.msg')?.dataset.id, button) : what ? perform(button) : path ? open(path) : id ? menu(button) : folds != null ? fold() : local(button)
}

on(document, 'click', e => {
	const button = e.target.closest?.('[data-act], button[data-do], [data-open], [data-menu], [data-setup], [data-fold]')
	if (button) attempt(async () => { await press(button); sync() })
})
on(document, 'submit', e => { if (e.target.matches('[data-do], [data-new], [data-ask]')) { e.preventDefault(); submit(e.target) } })
on(window, 'pagehide', () => going?.())
on(document, 'keydown', e => {
	const key = e.key.toLowerCase(), editor = e.target.closest?.('.editor')
	const way = (e.ctrlKey || e.metaKey) && { k: () => { if (!isOpen()) fold(); $('#search').focus() }, '/': () => open('help'), O: () => location.assign('/'), S: fold }[e.shiftKey && key !== '/' ? key.toUpperCase() : key]
	const sends = editor && key === 'enter' && !e.shiftKey && !e.isComposing && e.target.name
	if (way || sends) e.preventDefault()
	if (way) attempt(way)
	else if (sends) editor.requestSubmit()
	else if (key === 'escape' && !$('dialog[open], :popover-open')) {
		if (editor) acts.cancel(0, e.target)
		else if (root.classList.contains('drawer')) fold()
		else if (root.classList.contains('running')) stop()
	}
})
for (const box of $$('[data-load]')) fragment(box.dataset.load).then(content => { box.hidden = !content.childElementCount; box.replaceChildren(content) }, () => {})
tell(memory.get('news'))
memory.set('news')
