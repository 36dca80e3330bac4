// The conversations beside the chat.
import { $, here, fragment, later } from './base.js'

export const refresh = later(150, async () => {
  const box = $('#conversations')
  if (!box || $('#search').value) return
  try { box.replaceChildren(await fragment(`sidebar?current=${here() ?? ''}`)) } catch {}
})
export function setUp() {}
