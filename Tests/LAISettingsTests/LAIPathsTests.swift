import LAICore
import LAISettings
import Testing

@Suite("LAI's directories")
struct LAIPathsTests {
    @Test("follow the XDG defaults below the home directory")
    func defaults() throws {
        let paths = try LAIPaths(environment: ["HOME": "/home/ada"])
        #expect(paths.config == "/home/ada/.config/lai/config.toml")
        #expect(paths.data == "/home/ada/.local/share/lai")
        #expect(paths.cache == "/home/ada/.cache/lai")
        #expect(paths.state == "/home/ada/.local/state/lai")
        #expect(paths.home == "/home/ada")
    }

    @Test("follow the XDG variables, which need no home directory then")
    func variables() throws {
        let paths = try LAIPaths(environment: [
            "XDG_CONFIG_HOME": "/c", "XDG_DATA_HOME": "/d/", "XDG_CACHE_HOME": "/", "XDG_STATE_HOME": "/s",
        ])
        #expect(paths.config == "/c/lai/config.toml")
        #expect(paths.data == "/d/lai")
        #expect(paths.cache == "/lai")
        #expect(paths.state == "/s/lai")
        #expect(paths.home == nil)
    }

    @Test("ignore an XDG variable that is relative or empty", arguments: ["", "conf", "./conf", "~/conf"])
    func relative(value: String) throws {
        let paths = try LAIPaths(environment: ["HOME": "/home/ada", "XDG_CONFIG_HOME": value])
        #expect(paths.config == "/home/ada/.config/lai/config.toml")
    }

    @Test("lie below LAI_HOME, whatever else is set")
    func ownHome() throws {
        let paths = try LAIPaths(environment: ["LAI_HOME": "/srv/lai/", "HOME": "/h", "XDG_DATA_HOME": "/d"])
        #expect(paths.config == "/srv/lai/config.toml")
        #expect(paths.data == "/srv/lai/data")
        #expect(paths.cache == "/srv/lai/cache")
        #expect(paths.state == "/srv/lai/state")
    }

    @Test("take an empty LAI_HOME for none")
    func emptyHome() throws {
        let paths = try LAIPaths(environment: ["LAI_HOME": "", "HOME": "/home/ada"])
        #expect(paths.data == "/home/ada/.local/share/lai")
    }

    @Test("make a relative LAI_HOME absolute")
    func relativeHome() throws {
        #expect(try LAIPaths(environment: ["LAI_HOME": "x"], workingDirectory: "/w/").data == "/w/x/data")
        #expect(try LAIPaths(environment: ["LAI_HOME": "~/x", "HOME": "/h"]).data == "/h/x/data")
        #expect(try LAIPaths(environment: ["LAI_HOME": "x"]).data.hasPrefix("/"))
    }

    @Test("are an error without any home", arguments: [[:], ["HOME": ""], ["HOME": "relative"], ["LAI_HOME": "~/x"]])
    func nowhere(environment: [String: String]) throws {
        let error = try #require(throws: LAIError.self) { try LAIPaths(environment: environment) }
        #expect(error.code == .configuration)
        #expect(error.message.contains("HOME"))
    }

    @Test("expand the path of a file that a setting names")
    func expansion() throws {
        let paths = try LAIPaths(environment: ["HOME": "/home/ada", "LAI_HOME": "/srv/lai"])
        #expect(try paths.expand("/etc/ca.pem") == "/etc/ca.pem")
        #expect(try paths.expand("~/.keys/groq") == "/home/ada/.keys/groq")
        #expect(try paths.expand("~") == "/home/ada")
        #expect(try paths.expand("keys/groq") == "/srv/lai/keys/groq")
        let homeless = try LAIPaths(environment: ["LAI_HOME": "/srv/lai"])
        #expect(throws: LAIError.self) { try homeless.expand("~/.keys/groq") }
    }
}
