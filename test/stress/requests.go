package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"lanebook/internal/jupyter"
	"lanebook/test/client"
)

// fields are what each request may carry, with a value of the right type.
var fields = map[string]map[string]any{
	jupyter.TypeKernelInfoRequest: {},
	jupyter.TypeExecuteRequest: {
		"code": "fmt.Println(1)", "silent": false, "store_history": true, "user_expressions": map[string]any{"a": "1"},
		"allow_stdin": false, "stop_on_error": true,
	},
	jupyter.TypeIsCompleteRequest: {"code": "x := 1"},
	jupyter.TypeCompleteRequest:   {"code": "fmt.Pr", "cursor_pos": 6, "above": []any{"x := 1"}},
	jupyter.TypeInspectRequest:    {"code": "fmt.Print", "cursor_pos": 6, "detail_level": 0, "above": []any{"x := 1"}},
	jupyter.TypeHistoryRequest: {
		"output": false, "raw": true, "hist_access_type": "tail", "session": 0, "start": 0, "stop": 5, "n": 3, "pattern": "*", "unique": false,
	},
	jupyter.TypeCommInfoRequest:  {"target_name": "x"},
	jupyter.TypeCommOpen:         {"comm_id": "1", "target_name": "x", "data": map[string]any{}},
	jupyter.TypeCommMsg:          {"comm_id": "1", "data": map[string]any{}},
	jupyter.TypeCommClose:        {"comm_id": "1", "data": map[string]any{}},
	jupyter.TypeDebugRequest:     {"seq": 1, "command": "x", "arguments": map[string]any{}},
	jupyter.TypeDraftRequest:     {"code": "fmt.Pr", "cursor_pos": 6, "above": []any{"x := 1"}, "build": ""},
	jupyter.TypeInterruptRequest: {},
}

// variant makes the contents to send of a request's right fields.
type variant func(right map[string]any) []map[string]any

// missing leaves each field out, and then all of them.
func missing(right map[string]any) []map[string]any {
	all := []map[string]any{{}}
	for name := range right {
		one := map[string]any{}
		for other, value := range right {
			if other != name {
				one[other] = value
			}
		}
		all = append(all, one)
	}
	return all
}

// wrongType gives each field a value of every type, the right one too.
func wrongType(right map[string]any) []map[string]any {
	var all []map[string]any
	for name := range right {
		for _, value := range []any{nil, true, -1, 1e300, "text", []any{1, "a", nil}, map[string]any{"a": 1}} {
			one := map[string]any{}
			for other, value := range right {
				one[other] = value
			}
			one[name] = value
			all = append(all, one)
		}
	}
	return all
}

// large makes each text 10 MB long, and puts as much into a field that nobody
// knows.
func large(right map[string]any) []map[string]any {
	// A comment, so that what reads Go has to read all of it.
	text := "/*" + strings.Repeat("世界 ", 10<<20/7) + "*/"
	var all []map[string]any
	for name := range right {
		if _, ok := right[name].(string); !ok {
			continue
		}
		one := map[string]any{}
		for other, value := range right {
			one[other] = value
		}
		one[name] = text
		all = append(all, one)
	}
	return append(all, map[string]any{"unknown": text})
}

// badRequests sends all variants of all requests, and wants each of them
// answered: with a reply of the right type, and idle.
func badRequests(vary variant) func(*trial) error {
	return func(t *trial) error {
		k, err := t.start(client.Options{})
		if err != nil {
			return err
		}
		for name, right := range fields {
			channel := jupyter.Shell
			if name == jupyter.TypeInterruptRequest || name == jupyter.TypeDraftRequest || name == jupyter.TypeDebugRequest {
				channel = jupyter.Control
			}
			for _, content := range vary(right) {
				raw, err := json.Marshal(content)
				if err != nil {
					return err
				}
				got, err := k.Request(t.ctx, channel, jupyter.Unknown{Name: name, Raw: raw})
				if err != nil {
					return fmt.Errorf("%s %s: %w", name, short(string(raw)), err)
				}
				if wanted, ok := jupyter.ReplyType(name); ok && got.Reply.Type() != wanted {
					return fmt.Errorf("%s %s: answered with %s", name, short(string(raw)), got.Reply.Type())
				}
			}
		}
		return nil
	}
}

// badAnswers answers a cell's question with all variants of an answer. One
// that cannot be read leaves the question open.
func badAnswers(vary variant) func(*trial) error {
	return func(t *trial) error {
		k, err := t.start(client.Options{})
		if err != nil {
			return err
		}
		for _, content := range vary(map[string]any{"value": "a line"}) {
			raw, err := json.Marshal(content)
			if err != nil {
				return err
			}
			wanted := "the second answer"
			switch value := content["value"].(type) {
			case string:
				wanted = value
			case nil:
				wanted = ""
			}
			begin := time.Now()
			request, err := k.Send(jupyter.Shell, jupyter.ExecuteRequest{
				Code: "line, _ := bufio.NewReader(os.Stdin).ReadString('\\n')\nfmt.Println(len(line) - 1)", AllowStdin: true,
			})
			if err == nil {
				err = k.Wait(t.ctx, request, "a question", func(m jupyter.Message) bool { return m.Type() == jupyter.TypeInputRequest })
			}
			if err == nil {
				_, err = k.Send(jupyter.Stdin, jupyter.Unknown{Name: jupyter.TypeInputReply, Raw: raw})
			}
			if err == nil {
				_, err = k.Send(jupyter.Stdin, jupyter.InputReply{Value: "the second answer"})
			}
			if err != nil {
				return err
			}
			got, err := k.Collect(t.ctx, request, begin)
			if err != nil {
				return fmt.Errorf("%s: %w", short(string(raw)), err)
			}
			if err := want(got, "", fmt.Sprintln(len(wanted))); err != nil {
				return fmt.Errorf("%s: %w", short(string(raw)), err)
			}
		}
		return nil
	}
}

// badShutdowns ends a kernel by all variants of the request. One that cannot be
// read is refused, and ends nothing.
func badShutdowns(vary variant) func(*trial) error {
	return func(t *trial) error {
		var k *client.Kernel
		for _, content := range vary(map[string]any{"restart": false}) {
			raw, err := json.Marshal(content)
			if err != nil {
				return err
			}
			if k == nil {
				if k, err = t.start(client.Options{}); err != nil {
					return err
				}
			}
			got, err := k.Request(t.ctx, jupyter.Control, jupyter.Unknown{Name: jupyter.TypeShutdownRequest, Raw: raw})
			if err != nil {
				return fmt.Errorf("%s: %w", short(string(raw)), err)
			}
			reply, ok := got.Reply.(jupyter.ShutdownReply)
			switch {
			case !ok:
				err = fmt.Errorf("answered with %T", got.Reply)
			case reply.Status == jupyter.OK:
				err = t.ended(k)
				k = nil
			default:
				err = t.alive(k)
			}
			if err != nil {
				return fmt.Errorf("%s: %w", short(string(raw)), err)
			}
		}
		return nil
	}
}

// junkMessages sends types that nobody knows and contents that are no objects.
func junkMessages(t *trial) error {
	k, err := t.start(client.Options{})
	if err != nil {
		return err
	}
	for _, channel := range []jupyter.Channel{jupyter.Shell, jupyter.Control} {
		for _, name := range []string{"no_such_request", strings.Repeat("long", 10_000) + "_request", "世界_request", "_request"} {
			if _, err := k.Request(t.ctx, channel, jupyter.Unknown{Name: name, Raw: []byte("{}")}); err != nil {
				return fmt.Errorf("%.40s: %w", name, err)
			}
		}
		for name := range fields {
			for _, raw := range []string{"null", "[]", "1", `"text"`, "{\"code\": {\"a\": [[[[[]]]]]}}"} {
				if _, err := k.Request(t.ctx, channel, jupyter.Unknown{Name: name, Raw: []byte(raw)}); err != nil {
					return fmt.Errorf("%s %s: %w", name, raw, err)
				}
			}
		}
	}
	return nil
}
