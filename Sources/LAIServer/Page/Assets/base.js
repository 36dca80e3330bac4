export const root = document.documentElement
export const $ = (what, where = document) => where.querySelector(what)
export const $$ = (what, where = document) => [...where.querySelectorAll(what)]
export const on = (what, kind, body) => what?.addEventListener(kind, body)
export const emit = kind => document.dispatchEvent(new Event(kind))
export const here = () => root.dataset.conversation
export const later = (wait, body) => { let timer; return () => { clearTimeout(timer); timer = setTimeout(body, wait) } }
export const make = (tag, properties, ...children) => {
	const element = Object.assign(document.createElement(tag), properties)
	element.append(...children)
	return element
}

export async function ask(path, options) {
	const answer = await fetch(path, options).catch(() => { throw new Error('LAI cannot be reached. Nothing that you wrote is lost.') })
	if (answer.ok) return answer
	const { detail } = await answer.json().catch(() => ({}))
	throw Object.assign(new Error(detail ?? `The server answered ${answer.status}.`), { status: answer.status })
}

export async function api(method, path, body) {
	const json = body && { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }
	const answer = await ask('/lai/v1/' + path, { method, keepalive: !body, ...json })
	return answer.status === 204 ? null : answer.json()
}

export async function fragment(path) {
	return document.createRange().createContextualFragment(await (await ask('/page/' + path)).text())
}

const box = $('#toast')
let timer
// A short message, perhaps with an action.
export function toast(text, label, action) {
	clearTimeout(timer)
	const close = () => { clearTimeout(timer); box.replaceChildren() }
	box.replaceChildren(make('span', { textContent: text }))
	if (label) box.append(make('button', { textContent: label, onclick: () => { close(); action() } }))
	timer = setTimeout(close, label ? 8000 : 5000)
}

export const attempt = async body => { try { return await body() } catch (error) { toast(error.message) } }

export const memory = {
	get: (key, other) => JSON.parse(localStorage['lai.' + key] ?? null) ?? other,
	set(key, value) { value == null ? delete localStorage['lai.' + key] : localStorage['lai.' + key] = JSON.stringify(value) },
}
export const cookie = (name, value) => { document.cookie = `lai_${name}=${value}; path=/; max-age=31536000; samesite=strict` }
