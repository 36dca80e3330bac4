// Shows a growing answer, by the changes that BlockPatches.swift documents.
import { $, $$, root, make } from './base.js'

const escape = text => text.replace(/[&<>"]/g, mark => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[mark])

// Where the tags that close a block begin.
function closing(html) {
	for (let place = html.length; ;) {
		let end = place
		while (html[end - 1] === '\n') end--
		const start = html.lastIndexOf('<', end - 1)
		if (html[end - 1] !== '>' || start < 0 || html[start + 1] !== '/') return place
		place = start
	}
}

// The element in which a block's last text ends.
function innermost(element) {
	for (;;) {
		let last = element.lastChild
		if (last?.nodeType === 3 && /^\n+$/.test(last.data)) last = last.previousSibling
		if (last?.nodeType !== 1 || /^(BR|HR|IMG|INPUT)$/.test(last.tagName)) return element
		element = last
	}
}

// Gives an element another's children; what is the same stays.
function morph(old, fresh) {
	let a = old.firstChild
	for (const b of [...fresh.childNodes]) {
		const after = a?.nextSibling
		if (!a) old.append(b)
		else if (a.nodeType === 3 && b.nodeType === 3) {
			if (b.data.startsWith(a.data)) b.length > a.length && a.appendData(b.data.slice(a.length))
			else a.data = b.data
		} else if (a.nodeType === 1 && a.cloneNode().isEqualNode(b.cloneNode())) morph(a, b)
		else a.replaceWith(b)
		a = after
	}
	while (a) { const after = a.nextSibling; a.remove(); a = after }
}

const block = html => make('div', { className: 'b', innerHTML: html })

export class Answer {
	constructor(body) { this.body = body; this.parts = []; body.replaceChildren() }

	take(changes) {
		for (const change of changes) {
			const [kind, value] = change
			if (typeof change === 'string') this.text(change)
			else if (kind === '+') this.add(value)
			else if (kind === 'p') this.begin(value)
			else if (kind === '@') this.part = this.parts[value]
			else if (kind === 'f') this.finish(value)
			else if (kind === 'b') this.replace(value, change[2])
			else if (change.length === 1) this.cut(kind)
			else this.change(...change)
		}
		this.think('Thinking…')
	}

	// How long the model has been thinking, if its beginning was seen.
	think(word, other = word) {
		const line = $('.reasoning:last-child summary', this.body), time = Math.round((Date.now() - this.since) / 1000)
		if (line) line.textContent = time ? `${word} ${time} s` : other
	}

	begin(html) {
		this.think('Thought for', 'Reasoning')
		this.since = this.live && Date.now()
		this.body.insertAdjacentHTML('beforeend', html)
		const blocks = $('.blocks', this.body.lastElementChild)
		// Of each open block: its HTML, and the tags that close it.
		this.part = { blocks, all: blocks.children, html: [], done: 0 }
		this.parts.push(this.part)
	}

	text(text) {
		const { all, html } = this.part
		html[all.length - 1][0] += escape(text)
		const place = innermost(all[all.length - 1])
		if (place.lastChild?.nodeType === 3) place.lastChild.appendData(text)
		else place.append(text)
	}

	add(html) {
		this.keep(this.part.all.length, html)
		this.part.blocks.append(block(html))
	}

	keep(index, html) {
		const place = closing(html)
		this.part.html[index] = [html.slice(0, place), html.slice(place)]
	}

	change(tail, html, drop = 0) {
		const { all, html: known } = this.part, index = all.length - 1
		const old = known[index].join(''), place = old.length - tail
		const whole = old.slice(0, place - drop) + html + old.slice(place)
		this.keep(index, whole)
		morph(all[index], block(whole))
	}

	replace(index, html) {
		const fresh = block(html)
		if (index >= this.part.done) this.keep(index, html)
		this.part.all[index].replaceWith(fresh)
		if (index < this.part.done) enhance(fresh)
	}

	cut(count) {
		const { all, html } = this.part
		while (all.length > count) all[all.length - 1].remove()
		html.length = count
	}

	finish(count) {
		for (; this.part.done < count; this.part.done++) {
			this.part.html[this.part.done] = null
			enhance(this.part.all[this.part.done])
		}
	}
}

// Colours for code, forms for mathematics.
const loaded = {}
const load = file => loaded[file] ??= new Promise((onload, onerror) => {
	const at = '/assets/vendor/' + file
	document.head.append(file.endsWith('css') ? make('link', { rel: 'stylesheet', href: at, onload, onerror }) : make('script', { src: at, onload, onerror }))
})

async function each(where, what, body, ...files) {
	const found = $$(what + ':not([data-done])', where)
	if (!found.length || !root.dataset.vendor?.includes(files[0])) return
	for (const element of found) element.dataset.done = ''
	try { await Promise.all(files.map(load)) } catch { return }
	for (const element of found) setTimeout(() => { try { body(element, element.textContent) } catch {} })
}

export function enhance(where) {
	each(where, 'code[class^="language-"]', (code, text) => {
		if (text.length < 20000 && hljs.getLanguage(code.className.slice(9))) (hljs.highlightElement ?? hljs.highlightBlock)(code)
	}, 'highlight.js')
	each(where, '.math', (math, text) => katex.render(text, math, { displayMode: math.classList.contains('display'), throwOnError: false }), 'katex.js', 'katex.css')
}
