internal import LAICore

/// Ids for what comes from other programs: the same for the same thing, whenever it is imported.
enum ForeignID {
    /// An id of our form made of another program's: a UUID of version 8 (RFC 9562), whose bits are a hash.
    static func make<Subject>(_ source: ImportSource, _ names: String...) -> ID<Subject> {
        // FNV-1a of 128 bits: short and well spread. Nobody gains by making two of one's own conversations the same.
        var hash: UInt128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d
        for name in [source.rawValue] + names {
            for byte in Array(name.utf8) + [0xFF] { hash = (hash ^ UInt128(byte)) &* 0x0000_0000_0100_0000_0000_0000_0000_013B }
        }
        // What was written last has not reached all bits yet.
        for _ in 0..<2 {
            hash ^= hash >> 67
            hash = hash &* 0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835
        }
        hash ^= hash >> 67
        let high = UInt64(truncatingIfNeeded: hash >> 64)
        let low = UInt64(truncatingIfNeeded: hash)
        return ID(
            high: high & 0xFFFF_FFFF_FFFF_0FFF | 0x8000, low: low & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000)
    }
}
