// What can be done with a message.
import { $, $$, here, api } from './base.js'
import { sync } from './sync.js'

export function setUp() {}
