// Writing and sending: drafts, attachments, the model, and the two switches.
import { $, $$, root, here, api, make, memory, toast, attempt, later } from './base.js'
import { sync, show } from './sync.js'

const form = $('#composer'), text = $('#text')
const place = () => 'draft.' + (here() ?? 'new')
let files = [], pending, made

export function setUp() {
  if (!form) return
  text.value = memory.get(place(), '')
  changed()
  marks()
  const keep = later(200, () => memory.set(place(), text.value || null))
  text.addEventListener('input', () => { pending = null; changed(); keep() })
  text.addEventListener('keydown', event => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) { event.preventDefault(); send() }
    if (event.key === 'ArrowUp' && !text.value) {
      const edit = $$('.msg.user [data-act="edit"]').at(-1)
      if (edit) { event.preventDefault(); edit.click() }
    }
  })
  form.onsubmit = event => { event.preventDefault(); send() }
  $('#stop').onclick = stop
  $('#attach').onchange = event => { attach(event.target.files); event.target.value = '' }
  $('#local-only').onchange = event => { option({ local_only: event.target.checked }); marks() }
  $('#temporary')?.addEventListener('change', marks)
  document.addEventListener('lai:shown', changed)
  text.addEventListener('paste', event => { if (event.clipboardData.files.length) { event.preventDefault(); attach(event.clipboardData.files) } })
  const hasFiles = event => event.dataTransfer?.types.includes('Files')
  addEventListener('dragover', event => { if (hasFiles(event)) { event.preventDefault(); root.classList.add('dragging') } })
  addEventListener('dragleave', event => { if (!event.relatedTarget) root.classList.remove('dragging') })
  addEventListener('drop', event => {
    if (!hasFiles(event)) return
    event.preventDefault()
    root.classList.remove('dragging')
    attach(event.dataTransfer.files)
  })
}

// Changes the conversation, where there is one.
export const option = change => here() && attempt(() => api('PATCH', 'conversations/' + here(), change))

function changed() {
  const running = root.classList.contains('running')
  const isEmpty = !text.value.trim() && !files.length
  $('#stop').hidden = !running
  $('#send').hidden = running && isEmpty
  $('#send').disabled = isEmpty
  $('#send').title = running ? 'Send after the running answer (Enter)' : 'Send (Enter)'
  const count = Math.ceil(new TextEncoder().encode(text.value).length / 4)
  $('#tokens').textContent = count > 3 ? `≈ ${count.toLocaleString('en')} tokens` : ''
  if (!CSS.supports('field-sizing', 'content')) { text.style.height = 0; text.style.height = text.scrollHeight + 'px' }
}

// What cannot be overlooked.
function marks() {
  const isLocal = $('#local-only').checked
  const isTemporary = $('#temporary')?.checked ?? 'temporary' in root.dataset
  root.toggleAttribute('data-local', isLocal)
  root.toggleAttribute('data-temporary', isTemporary)
  const flags = []
  if (isTemporary) flags.push(make('span', { className: 'temporary', textContent: 'Temporary: gone when LAI ends' }))
  if (isLocal) flags.push(make('span', { className: 'local', textContent: 'Nothing leaves this machine' }))
  $('#flags').replaceChildren(...flags)
}

const isText = file => !file.type || /^text\/|json|xml|javascript|yaml|toml|x-sh/.test(file.type) && !file.type.startsWith('image/')

async function attach(list) {
  for (const file of list) {
    if (file.size > 20 << 20) toast(`“${file.name}” has more than 20 MB.`)
    else files.push({ name: file.name, part: isText(file) ? { type: 'text', text: `

${file.name}:

\`\`\`\`
${await file.text()}
\`\`\`\`` } : await media(file) })
  }
  showFiles()
}

const media = file => new Promise((resolve, reject) => {
  const reader = new FileReader()
  reader.onerror = reject
  reader.onload = () => resolve({ type: file.type.startsWith('image/') ? 'image' : 'file', media_type: file.type, name: file.name, data: reader.result.split(',')[1] })
  reader.readAsDataURL(file)
})

function showFiles() {
  $('#attachments').replaceChildren(...files.map((file, index) => {
    const remove = () => { files.splice(index, 1); showFiles(); text.focus() }
    const image = file.part.type === 'image' ? [make('img', { src: `data:${file.part.media_type};base64,${file.part.data}`, alt: '' })] : [make('i', { className: 'i-file' })]
    return make('div', { className: 'chip' }, ...image, make('span', { textContent: file.name }),
      make('button', { type: 'button', className: 'i-close icon', ariaLabel: `Remove ${file.name}`, onclick: remove }))
  }))
  pending = null
  changed()
}

// Pictures, then what was written, then files of text.
export const ordered = (parts, words) => [...parts.filter(part => part.type !== 'text'), ...(words ? [{ type: 'text', text: words }] : []), ...parts.filter(part => part.type === 'text')]

// Sends what is written. Under the same id, sending twice is harmless: so it can be tried again.
async function send() {
  const words = text.value.trim()
  if ((!words && !files.length) || form.dataset.sending) return
  form.dataset.sending = ''
  pending ??= crypto.randomUUID?.()
  const model = $('#model').dataset.model || undefined
  const body = { id: pending, parts: ordered(files.map(file => file.part), words), model }
  const parameters = memory.get('parameters.' + (here() ?? 'new'))
  if (parameters) body.parameters = parameters
  const isNew = !here()
  try {
    if (isNew) made ??= (await api('POST', 'conversations', {
      model, local_only: $('#local-only').checked, temporary: $('#temporary').checked, system: memory.get('system.new') ?? undefined,
    })).id
    await api('POST', `conversations/${here() ?? made}/messages`, body)
    memory.set(place(), null)
    if (isNew) {
      memory.set('parameters.' + made, parameters)
      memory.set('parameters.new')
      memory.set('system.new')
      return location.assign('/c/' + made)
    }
    text.value = ''
    files = []
    showFiles()
    document.dispatchEvent(new Event('lai:sent'))
    await sync()
  } catch (error) {
    toast(error.message)
    if (isNew && made && error.status) { api('DELETE', `conversations/${made}?forever=true`).catch(() => {}); made = null; pending = null }
  } finally { delete form.dataset.sending }
}

export async function stop() {
  const running = $('.msg[data-status="streaming"]')
  if (running) await attempt(() => api('POST', `messages/${running.dataset.id}/stop`))
  show()
  await sync()
}
