// The page's beginning: what is on it comes from the server, and is made live here.
import { $, $$, root, here, fragment, later } from './base.js'
import { enhance } from './stream.js'
import { sync, show, follow } from './sync.js'
import { listen, onChange } from './events.js'
import * as composer from './composer.js'
import * as actions from './actions.js'
import * as aside from './aside.js'

const scroll = $('#scroll'), list = $('#messages'), jump = $('#jump')

// Follows the end while the reader is there.
if (list) {
  let follows = !root.dataset.target, last = 0
  const atEnd = () => scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 60
  const toEnd = () => { scroll.scrollTop = scroll.scrollHeight }
  const look = () => { jump.hidden = follows || atEnd() }
  scroll.addEventListener('scroll', () => {
    if (atEnd()) follows = true
    else if (scroll.scrollTop < last - 1) follows = false
    last = scroll.scrollTop
    look()
  }, { passive: true })
  const watch = new ResizeObserver(() => { if (follows) toEnd(); look() })
  watch.observe(list)
  watch.observe(scroll)
  jump.onclick = () => { follows = true; toEnd(); look(); $('#text').focus() }
  document.addEventListener('lai:sent', () => { follows = true; toEnd() })
  const target = root.dataset.target && $(`#m-${root.dataset.target}`)
  if (target) {
    target.classList.add('target')
    target.scrollIntoView({ block: 'center' })
    target.tabIndex = -1
    target.focus({ preventScroll: true })
  }

  // Older messages come as one scrolls up to them.
  let isLoading = false
  const older = async () => {
    if (isLoading || !('more' in list.dataset) || !list.firstElementChild) return
    isLoading = true
    try {
      const first = list.firstElementChild
      const fresh = (await fragment(`conversations/${here()}?tail=30&before=${first.dataset.id}`)).firstElementChild
      const before = first.getBoundingClientRect().top
      const articles = [...fresh.children]
      list.prepend(...articles)
      scroll.scrollTop += first.getBoundingClientRect().top - before
      articles.forEach(enhance)
      if (!('more' in fresh.dataset)) delete list.dataset.more
    } catch {} finally { isLoading = false }
  }
  scroll.addEventListener('scroll', () => { if (scroll.scrollTop < 800) older() }, { passive: true })
  if (follows) toEnd()
  if (scroll.scrollTop < 800) older()
}

composer.setUp()
actions.setUp()
aside.setUp()
if (list) { show(); enhance(list) }

const resync = later(30, sync)
onChange((changes, leads) => {
  if (!changes || changes.some(change => change.conversation === here())) resync()
  aside.refresh(changes, leads)
})
listen()
document.addEventListener('visibilitychange', () => { follow(); if (!document.hidden) resync() })
addEventListener('pageshow', event => { if (event.persisted) location.reload() })
