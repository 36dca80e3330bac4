import LAICore
import Testing

@testable import LAILocal

/// What a person reads when a set-up fails.
@Suite struct SetupFailureTests {
    @Test("says what to install when Python is missing")
    func noPython() async throws {
        try await TestStore.with { test in
            let store = test.store(python: "python3-that-is-not-there")
            let error = await #expect(throws: LAIError.self) { try await store.setup(test.model) }
            #expect(error?.code == .local)
            #expect(
                error?.message
                    == "Setting up a local model needs Python 3.10 to 3.14, and python3-that-is-not-there is not installed (on Debian or Ubuntu: sudo apt install python3 python3-venv)."
            )
        }
    }

    @Test(
        "says what the machine lacks",
        arguments: [
            (
                "lai-probe 3 9 x86_64 glibc 2.36 venv",
                "is Python 3.9, and the local model's server needs Python 3.10 to 3.14"
            ),
            ("lai-probe 3 15 x86_64 glibc 2.36 venv", "is Python 3.15"),
            (
                "lai-probe 3 11 armv7l glibc 2.36 venv",
                "no prebuilt local model server for armv7l, only for x86_64 and aarch64"
            ),
            (
                "lai-probe 3 11 x86_64 none venv",
                "needs glibc 2.34 or later, and this system's C library is another one"
            ),
            ("lai-probe 3 11 x86_64 glibc 2.31 venv", "needs glibc 2.34 or later, and this system has 2.31"),
            ("lai-probe 3 11 x86_64 glibc 2.36 no-venv", "sudo apt install python3 python3-venv"),
            ("error while loading shared libraries", "does not work: error while loading shared libraries"),
        ]
    )
    func unfit(probe: String, sentence: String) async throws {
        try await TestStore.with { test in
            try test.tell("probe", probe)
            let error = await #expect(throws: LAIError.self) { try await test.store.setup(test.model) }
            #expect(error?.message.contains(sentence) == true, "\(error?.message ?? "")")
            #expect(test.told("calls").isEmpty && !FileSystem.exists(test.files.temporary))
        }
    }

    @Test(
        "makes one sentence of what pip prints",
        arguments: [
            (
                """
                WARNING: Retrying (Retry(total=0)) after connection broken by 'NewConnectionError(...)': /simple/x/
                ERROR: Could not find a version that satisfies the requirement x (from versions: none)
                ERROR: No matching distribution found for x

                """,
                "could not be reached; check the network and pip's settings (pip config list). pip said: No matching distribution found for x."
            ),
            ("ERROR: No matching distribution found for x\n", "does not have it for this system"),
            (
                "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.\n  Got 12\n",
                "not the pinned file, so it was refused"
            ),
            (
                "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device\n",
                "the disk is full"
            ),
            ("Traceback\nValueError: something else\n", "ValueError: something else."),
        ]
    )
    func pip(output: String, sentence: String) async throws {
        try await TestStore.with { test in
            try test.tell("pip-fails", output)
            let error = await #expect(throws: LAIError.self) { try await test.store.setup(test.model) }
            #expect(error?.code == .local)
            #expect(error?.message.contains(sentence) == true, "\(error?.message ?? "")")
            #expect(error?.message.contains("\n") == false)
            #expect(!FileSystem.exists(test.files.temporary))
        }
    }

    @Test("says what to install when the environment can't be made")
    func noEnsurepip() async throws {
        try await TestStore.with { test in
            try test.tell("venv-fails", "The virtual environment was not created because ensurepip is not available.\n")
            let error = await #expect(throws: LAIError.self) { try await test.store.setup(test.model) }
            #expect(error?.message.contains("sudo apt install python3-venv") == true)
        }
    }
}
