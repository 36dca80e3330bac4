import LAIMarkdown
import LAISamples
import Testing

@Suite("The HTML of a text")
struct MarkdownHTMLTests {
    @Test(
        "is what the standards have",
        arguments: [
            ("a *b* **c** `d<`\n\ne", "<p>a <em>b</em> <strong>c</strong> <code>d&lt;</code></p>\n<p>e</p>\n"),
            ("```c++ x\na<b\n```", "<pre><code class=\"language-c++\">a&lt;b\n</code></pre>\n"),
            ("- [x] a\n- [ ] b", "<ul>\n<li><input type=\"checkbox\" checked=\"\" disabled=\"\" /> a</li>\n<li><input type=\"checkbox\" disabled=\"\" /> b</li>\n</ul>\n"),
            ("~~a~~ ~b~", "<p><del>a</del> ~b~</p>\n"),
            ("www.a.b", "<p><a href=\"http://www.a.b\">www.a.b</a></p>\n"),
            ("|a|\n|:-:|\n|b|", "<table>\n<thead>\n<tr>\n<th align=\"center\">a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td align=\"center\">b</td>\n</tr>\n</tbody>\n</table>\n"),
        ])
    func standard(text: String, html: String) { #expect(MarkdownText.html(text) == html) }

    @Test(
        "keeps links to the web and to mail, and no others",
        arguments: [
            ("[a](https://b)", "<p><a href=\"https://b\">a</a></p>\n"), ("[a](HTTP://b)", "<p><a href=\"HTTP://b\">a</a></p>\n"),
            ("[a](mailto:b@c)", "<p><a href=\"mailto:b@c\">a</a></p>\n"), ("[a](javascript:b)", "<p>a</p>\n"), ("[a](data:b)", "<p>a</p>\n"),
            ("[a](&#106;avascript:b)", "<p>a</p>\n"), ("[*a*](/b)", "<p><em>a</em></p>\n"), ("<ftp://a>", "<p>ftp://a</p>\n"), ("[a](//b)", "<p>a</p>\n"),
            ("|[a](x:y)|\n|-|", "<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n</table>\n"),
        ])
    func links(text: String, html: String) { #expect(MarkdownText.html(text) == html) }

    @Test("never loads a picture, but links to it")
    func pictures() {
        #expect(MarkdownText.html("![a](https://b \"c\")") == "<p><a href=\"https://b\" title=\"c\">a</a></p>\n")
        #expect(MarkdownText.html("[![a](https://b)](https://c)") == "<p><a href=\"https://c\">a</a></p>\n")
        #expect(MarkdownText.html("![a [b](https://c)](https://d)") == "<p><a href=\"https://d\">a b</a></p>\n")
        let nested = String(repeating: "![", count: 500) + "a" + String(repeating: "](https://b)", count: 500)
        #expect(!MarkdownText.html(nested).contains("src=\"h"))
    }

    @Test("shows the HTML of a text as it was written", arguments: [
        ("a vector<int> b", "<p>a vector&lt;int&gt; b</p>\n"), ("<b>a</b> c", "<p>&lt;b&gt;a&lt;/b&gt; c</p>\n"), ("<!-- a -->\n", "<p>&lt;!-- a --&gt;</p>\n"),
        ("<div>\n a\n</div>\n\nb", "<p>&lt;div&gt;<br />\n a<br />\n&lt;/div&gt;</p>\n<p>b</p>\n"), ("- <p>\n  a", "<ul>\n<li>&lt;p&gt;<br />\na</li>\n</ul>\n"),
        ("a<br>b", "<p>a<br />b</p>\n"), ("`<!-- raw HTML omitted -->`", "<p><code>&lt;!-- raw HTML omitted --&gt;</code></p>\n"),
    ])
    func rawHTML(text: String, html: String) { #expect(MarkdownText.html(text) == html) }

    @Test("holds no tag and no attribute but its own", arguments: MarkdownSamples.all)
    func noInjection(text: String) {
        let html = MarkdownText.html(text)
        var rest = Substring(html)
        while let start = rest.firstIndex(of: "<") {
            guard let end = rest[start...].firstIndex(of: ">") else { break }
            let tag = rest[start...end]
            let name = tag.dropFirst().drop { $0 == "/" }.prefix { $0.isLetter || $0.isNumber }
            #expect(Self.tags.contains(String(name)), "\(tag)")
            #expect(!tag.contains("onclick=\""), "\(tag)")
            rest = rest[end...].dropFirst()
        }
    }

    static let tags: Set<String> = [
        "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "code", "hr", "br", "em", "strong", "del", "a", "input", "table",
        "thead", "tbody", "tr", "th", "td",
    ]

    @Test("has no link longer than the bound, whose text stays")
    func longLink() {
        let url = "https://" + String(repeating: "a", count: 2040)
        #expect(MarkdownText.html("[x](\(url))").contains("<a "))
        #expect(MarkdownText.html("[x](\(url)a)") == "<p>x</p>\n")
    }
}
