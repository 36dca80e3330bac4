// The page comes alive.
import { $, root, on, here, fragment, later } from './base.js'
import { enhance } from './stream.js'
import { sync, show, follow } from './sync.js'
import { listen } from './events.js'
import './actions.js'
import { refresh } from './aside.js'

const scroll = $('#scroll'), list = $('#messages'), jump = $('#jump')

// Follows the end while the reader is there.
function setUpScrolling() {
	let follows = here() && !root.dataset.target, last = 0, height, isLoading
	const atEnd = () => scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 60
	const look = () => { if (follows) scroll.scrollTop = scroll.scrollHeight; jump.hidden = follows || atEnd() }
	const toEnd = () => { follows = true; look() }

	// Older messages come as one scrolls up.
	const older = async () => {
		const first = list.firstElementChild
		if (isLoading || scroll.scrollTop > 800 || !('more' in list.dataset) || !first) return
		isLoading = true
		try {
			const fresh = (await fragment(`conversations/${here()}?tail=30&before=${first.dataset.id}`)).firstElementChild
			const before = first.getBoundingClientRect().top
			enhance(fresh)
			list.toggleAttribute('data-more', 'more' in fresh.dataset)
			list.prepend(...fresh.children)
			scroll.scrollTop += first.getBoundingClientRect().top - before
		} catch {} finally { isLoading = false }
	}

	on(scroll, 'scroll', () => {
		if (atEnd()) follows = true
		else if (scroll.scrollTop < last - 1 && height === scroll.clientHeight) follows = false
		last = scroll.scrollTop
		height = scroll.clientHeight
		jump.hidden = follows
		older()
	})
	const watch = new ResizeObserver(look)
	watch.observe(list)
	watch.observe(scroll)
	on(jump, 'click', () => { toEnd(); $('#text').focus() })
	on(document, 'sent', toEnd)
	const target = document.getElementById('m-' + root.dataset.target)
	if (target) {
		target.classList.add('target')
		target.scrollIntoView({ block: 'center' })
	}
	look()
	older()
}

if (list) { setUpScrolling(); show(); enhance(list) }

const resync = later(30, sync)
listen((changes, leads) => {
	if (!changes || changes.some(change => change.conversation === here())) resync()
	refresh(changes, leads)
})
on(document, 'visibilitychange', () => { follow(); if (!document.hidden) resync() })
on(window, 'pageshow', e => { if (e.persisted) location.reload() })
