/// A `conversations.json` as ChatGPT makes them, written by hand: a fork, an answer of many nodes, hidden nodes, pictures
/// by their pointers, an unknown type, and conversations that are broken.
enum ChatGPTExport {
    static let text = "[" + [walk, fork, empty, odd].joined(separator: ",\n") + "]"

    /// Thoughts, code, its output, a quotation and text, which a person sees as one answer.
    static let walk = #"""
        {"title":"A walk on the moon","create_time":1710000000.123456,"update_time":1710000300.5,"mapping":{
        "root":{"id":"root","message":null,"parent":null,"children":["sys"]},
        "sys":{"id":"sys","message":{"id":"sys","author":{"role":"system"},"create_time":null,"content":{"content_type":"text","parts":[""]},"status":"finished_successfully","weight":0.0,"metadata":{"is_visually_hidden_from_conversation":true},"recipient":"all"},"parent":"root","children":["ctx"]},
        "ctx":{"id":"ctx","message":{"id":"ctx","author":{"role":"user"},"create_time":null,"content":{"content_type":"user_editable_context","user_profile":"I am a tester.","user_instructions":"Be brief."},"status":"finished_successfully","weight":1.0,"metadata":{"is_visually_hidden_from_conversation":true,"is_user_system_message":true},"recipient":"all"},"parent":"sys","children":["q1"]},
        "q1":{"id":"q1","message":{"id":"q1","author":{"role":"user"},"create_time":1710000001.0,"content":{"content_type":"multimodal_text","parts":[{"content_type":"image_asset_pointer","asset_pointer":"file-service://file-abc","width":640,"height":480,"size_bytes":1000},"What is this? 🌕 \ud83c\udf15"]},"status":"finished_successfully","weight":1.0,"metadata":{"attachments":[{"id":"file-abc","name":"moon.png","mime_type":"image/png"},{"id":"file-def","name":"notes.pdf","mime_type":"application/pdf"}]},"recipient":"all"},"parent":"ctx","children":["th"]},
        "th":{"id":"th","message":{"id":"th","author":{"role":"assistant"},"create_time":1710000002.0,"content":{"content_type":"thoughts","thoughts":[{"summary":"Looking","content":"It is round."}]},"status":"finished_successfully","weight":1.0,"metadata":{"model_slug":"o9-mini"},"recipient":"all"},"parent":"q1","children":["co"]},
        "co":{"id":"co","message":{"id":"co","author":{"role":"assistant"},"create_time":1710000003.0,"content":{"content_type":"code","language":"python","text":"print(\"```\")"},"status":"finished_successfully","weight":1.0,"metadata":{"model_slug":"o9-mini"},"recipient":"python"},"parent":"th","children":["ex"]},
        "ex":{"id":"ex","message":{"id":"ex","author":{"role":"tool","name":"python"},"create_time":1710000004.0,"content":{"content_type":"execution_output","text":"moon"},"status":"finished_successfully","weight":1.0,"metadata":{},"recipient":"all"},"parent":"co","children":["te"]},
        "te":{"id":"te","message":{"id":"te","author":{"role":"tool","name":"browser"},"create_time":1710000005.0,"content":{"content_type":"tether_quote","url":"https://moon.example/a","domain":"moon.example","title":"The Moon","text":"It orbits."},"status":"finished_successfully","weight":1.0,"metadata":{},"recipient":"all"},"parent":"ex","children":["hid"]},
        "hid":{"id":"hid","message":{"id":"hid","author":{"role":"tool","name":"browser"},"create_time":1710000005.5,"content":{"content_type":"tether_browsing_display","result":"","summary":"","assets":null},"status":"finished_successfully","weight":1.0,"metadata":{},"recipient":"all"},"parent":"te","children":["a1"]},
        "a1":{"id":"a1","message":{"id":"a1","author":{"role":"assistant"},"create_time":1710000006.25,"content":{"content_type":"text","parts":["The moon.\ue200cite\ue202turn0search0\ue201 Really."]},"status":"finished_successfully","end_turn":true,"weight":1.0,"metadata":{"model_slug":"o9-mini","finish_details":{"type":"stop"},"content_references":[{"type":"grouped_webpages","items":[{"title":"The Moon","url":"https://moon.example/a"}]}]},"recipient":"all"},"parent":"hid","children":[]}
        },"moderation_results":[],"current_node":"a1","conversation_id":"11111111-2222-4333-8444-555555555555","is_archived":true,"is_starred":true,"id":"11111111-2222-4333-8444-555555555555"}
        """#

    /// Two answers to one question, of which the first was shown, and one that a person stopped.
    static let fork = #"""
        {"title":"Forks","create_time":1710001000,"update_time":1710001100,"mapping":{
        "r":{"id":"r","message":null,"parent":null,"children":["q"]},
        "a2":{"id":"a2","message":{"id":"a2","author":{"role":"assistant"},"create_time":1710001020,"content":{"content_type":"text","parts":["Right"]},"status":"finished_successfully","weight":1,"metadata":{"model_slug":"g-2","finish_details":{"type":"interrupted"}},"recipient":"all"},"parent":"q","children":[]},
        "q":{"id":"q","message":{"id":"q","author":{"role":"user"},"create_time":1710001001,"content":{"content_type":"text","parts":["Left or right?"]},"status":"finished_successfully","weight":1,"metadata":{},"recipient":"all"},"parent":"r","children":["a1","a2"]},
        "a1":{"id":"a1","message":{"id":"a1","author":{"role":"assistant"},"create_time":1710001010,"content":{"content_type":"text","parts":["Left"]},"status":"finished_successfully","weight":1,"metadata":{"model_slug":"g-1"},"recipient":"all"},"parent":"q","children":["q2"]},
        "q2":{"id":"q2","message":{"id":"q2","author":{"role":"user"},"create_time":1710001011,"content":{"content_type":"text","parts":["Why?"]},"status":"finished_successfully","weight":1,"metadata":{},"recipient":"all"},"parent":"a1","children":["a3"]},
        "a3":{"id":"a3","message":{"id":"a3","author":{"role":"assistant"},"create_time":1710001012,"content":{"content_type":"text","parts":["Because."]},"status":"finished_successfully","weight":1,"metadata":{},"recipient":"all"},"parent":"q2","children":[]}
        },"current_node":"a3","conversation_id":"forks"}
        """#

    static let empty = #"{"title":"New chat","create_time":1710002000,"mapping":{"r":{"id":"r","message":null,"parent":null,"children":[]}},"current_node":"r","id":"empty"}"#

    /// A node whose parent is gone, a ring, a type that nobody knows, and no current node.
    static let odd = #"""
        {"title":"","create_time":1710003000,"update_time":null,"mapping":{
        "q":{"id":"q","message":{"id":"q","author":{"role":"user"},"create_time":1710003001,"content":{"content_type":"text","parts":["Odd things"]},"status":"finished_successfully","weight":1,"metadata":{},"recipient":"all"},"parent":"gone","children":["u"]},
        "u":{"id":"u","message":{"id":"u","author":{"role":"assistant"},"create_time":1710003002,"content":{"content_type":"hologram","cubes":[1,2]},"status":"in_progress","weight":1,"metadata":{},"recipient":"all"},"parent":"q","children":[]},
        "x":{"id":"x","message":{"id":"x","author":{"role":"user"},"create_time":1710003003,"content":{"content_type":"text","parts":["ring one"]},"status":"finished_successfully","weight":1,"metadata":{},"recipient":"all"},"parent":"y","children":["y"]},
        "y":{"id":"y","message":{"id":"y","author":{"role":"user"},"create_time":1710003004,"content":{"content_type":"text","parts":["ring two"]},"status":"finished_successfully","weight":1,"metadata":{},"recipient":"all"},"parent":"x","children":["x"]}
        },"conversation_id":"odd"}
        """#
}
