// Keeps the messages as the server has them.
import { $, $$, root, on, here, fragment, toast } from './base.js'
import { Answer, enhance } from './stream.js'

const list = $('#messages'), icon = $('link[rel="icon"]'), idle = icon.href
const find = () => $('.msg[data-status="streaming"]')
let current, again

export async function sync() {
	if (!here()) return
	again = true
	return current ??= (async () => {
		try {
			while (again) { again = false; await once(30) }
		} catch (error) {
			if (error.status === 404) location.href = '/'
		} finally { current = null }
	})()
}

async function once(tail) {
	const fresh = (await fragment(`conversations/${here()}?tail=${tail}`)).firstElementChild
	const articles = [...fresh.children]
	const first = articles[0] && document.getElementById(articles[0].id)
	const hasMore = 'more' in fresh.dataset
	if (!first && list.children.length && hasMore && tail < 3000) return once(tail * 10)
	for (let node = first ?? list.firstElementChild; node;) {
		const next = node.nextElementSibling
		if (!articles.some(article => article.id === node.id)) node.remove()
		node = next
	}
	if (!first) list.toggleAttribute('data-more', hasMore)
	let last = first?.previousElementSibling
	for (const article of articles) {
		const old = document.getElementById(article.id)
		const place = last ? last.nextElementSibling : list.firstElementChild
		if (!old || old !== place) list.insertBefore(old ?? article, place)
		if (!old) enhance(article)
		last = old && old.dataset.v !== article.dataset.v && !old.classList.contains('editing') ? swap(old, article) : old ?? article
	}
	Object.assign(list.dataset, { title: fresh.dataset.title, said: fresh.dataset.said })
	show()
}

function swap(old, article) {
	const act = old.contains(document.activeElement) && document.activeElement.dataset.act
	// What was received, or still is, is there already.
	const keeps = old.dataset.live || article.dataset.status === 'streaming'
	if (keeps) {
		$$('.reasoning summary', article).forEach((line, index) => { $$('.reasoning summary', old)[index].textContent = line.textContent })
		$('.body', article).replaceWith($('.body', old))
	}
	if (followed === old) followed = article
	article.hidden = old.hidden
	old.replaceWith(article)
	if (!keeps) enhance(article)
	if (act) ($(`[data-act="${act}"]:enabled`, article) ?? $('button:enabled', article))?.focus()
	return article
}

let source, followed

// Follows the first answer that runs, while anybody looks.
export function follow() {
	const article = document.hidden ? null : find()
	if (article === followed && source) return
	source?.close()
	source = null
	followed = article
	if (!article) return
	let answer
	const stream = source = new EventSource(`/lai/v1/streams/${article.dataset.id}/events?view=page&coalesce=50`)
	on(stream, 'whole', e => { answer = new Answer($('.body', followed)); answer.take(JSON.parse(e.data)); answer.live = true })
	on(stream, 'message', e => answer.take(JSON.parse(e.data)))
	on(stream, 'end', e => {
		stream.close()
		source = null
		Object.assign(followed.dataset, { live: true, status: JSON.parse(e.data).status })
		show()
		sync()
	})
	on(stream, 'error', e => {
		if (e.data) toast(JSON.parse(e.data).detail)
		if (stream.readyState === 2 && source === stream) { source = null; setTimeout(() => { follow(); sync() }, 2000) }
	})
}

let before
// What the rest of the page says of it.
export function show() {
	const running = !!find(), { title, said } = list.dataset
	if (here()) {
		$('#title').textContent = title
		document.title = `${running ? '● ' : ''}${title} – LAI`
	}
	icon.href = running ? icon.dataset.running : idle
	root.classList.toggle('running', running)
	if ((before || running) && before !== said) $('#status').textContent = said
	before = said
	follow()
}
