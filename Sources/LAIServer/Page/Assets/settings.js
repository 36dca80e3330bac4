// The settings.
export function setUp() {}
