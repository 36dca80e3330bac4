// Shows a growing answer, by the changes that BlockPatches.swift documents.
import { $, root } from './base.js'

const VOID = /^(BR|HR|IMG|INPUT)$/
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
    if (last?.nodeType !== 1 || VOID.test(last.tagName)) return element
    element = last
  }
}

// Makes the children of one element those of another, and leaves alone what is the same.
function morph(old, fresh) {
  let a = old.firstChild
  for (let b = fresh.firstChild; b;) {
    const next = b.nextSibling
    if (!a) old.append(b)
    else {
      const after = a.nextSibling
      if (a.nodeType === 3 && b.nodeType === 3) {
        if (b.data.startsWith(a.data)) b.length > a.length && a.appendData(b.data.slice(a.length))
        else a.data = b.data
      } else if (a.nodeType === 1 && a.cloneNode().isEqualNode(b.cloneNode())) morph(a, b)
      else a.replaceWith(b)
      a = after
    }
    b = next
  }
  while (a) { const after = a.nextSibling; a.remove(); a = after }
}

export class Answer {
  constructor(body) { this.body = body; this.parts = [] }

  clear() { this.body.replaceChildren(); this.parts = [] }

  take(changes) {
    for (const change of changes) {
      if (typeof change === 'string') this.text(change)
      else if (change[0] === 'p') this.begin(change[1])
      else if (change[0] === '@') this.part = this.parts[change[1]]
      else if (change[0] === 'f') this.finish(change[1])
      else if (change.length === 1) this.cut(change[0])
      else this.set(...change)
    }
  }

  begin(html) {
    this.body.insertAdjacentHTML('beforeend', html)
    this.part = { blocks: $('.blocks', this.body.lastElementChild), html: new Map(), done: 0 }
    this.parts.push(this.part)
  }

  text(text) {
    const { blocks, html } = this.part
    const known = html.get(blocks.children.length - 1)
    known[0] += escape(text)
    const place = innermost(blocks.lastElementChild)
    if (place.lastChild?.nodeType === 3) place.lastChild.appendData(text)
    else place.append(text)
  }

  set(index, keep, html) {
    const { blocks, html: all } = this.part
    const whole = (all.get(index)?.join('') ?? '').slice(0, keep) + html
    const place = closing(whole)
    all.set(index, [whole.slice(0, place), whole.slice(place)])
    const old = blocks.children[index]
    const block = document.createElement('template')
    block.innerHTML = `<div class="b">${whole}</div>`
    if (!old) blocks.append(block.content)
    else if (index < this.part.done) { old.replaceWith(block.content); enhance(blocks.children[index]); all.delete(index) }
    else morph(old, block.content.firstChild)
  }

  cut(count) {
    const { blocks, html } = this.part
    while (blocks.children.length > count) { blocks.lastElementChild.remove(); html.delete(blocks.children.length) }
  }

  finish(count) {
    for (; this.part.done < count; this.part.done++) {
      this.part.html.delete(this.part.done)
      enhance(this.part.blocks.children[this.part.done])
    }
  }
}

// Colours for code and forms for mathematics, where the system has the libraries.
const has = name => (root.dataset.vendor ?? '').split(' ').includes(name)
const loaded = {}
const load = file => loaded[file] ??= new Promise((resolve, reject) => {
  const isStyle = file.endsWith('.css')
  const element = document.createElement(isStyle ? 'link' : 'script')
  Object.assign(element, isStyle ? { rel: 'stylesheet', href: '/assets/vendor/' + file } : { src: '/assets/vendor/' + file }, { onload: resolve, onerror: reject })
  document.head.append(element)
})
const idle = globalThis.requestIdleCallback ?? (body => setTimeout(body, 50))

export function enhance(where) {
  if (!where) return
  if (has('highlight')) for (const code of where.querySelectorAll('code[class^="language-"]:not([data-highlighted])')) {
    if (code.textContent.length < 20000) load('highlight.js').then(() => idle(() => {
      if (!code.isConnected || code.dataset.highlighted) return
      code.dataset.highlighted = 'yes'
      if (hljs.getLanguage(code.className.slice(9))) (hljs.highlightElement ?? hljs.highlightBlock)(code)
    })).catch(() => {})
  }
  if (has('katex')) for (const math of where.querySelectorAll('.math:not([data-done])')) {
    Promise.all([load('katex.js'), load('katex.css')]).then(() => idle(() => {
      if (math.dataset.done || !math.isConnected) return
      math.dataset.done = ''
      const source = math.textContent
      try { katex.render(source, math, { displayMode: math.classList.contains('display'), trust: false }) } catch { math.textContent = source }
    })).catch(() => {})
  }
}
