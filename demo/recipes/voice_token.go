// The token endpoint in Go 1.19 and newer, with the standard library alone: `go run voice_token.go`.
// Environment: OPENAI_API_KEY, and VOICE_ORIGINS with your sites, such as https://shop.example,https://www.shop.example
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log"
	"net"
	"net/http"
	"net/netip"
	"os"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
)

const service = "https://api.openai.com"

// Requests a minute.
const perAddress, perProcess = 10, 100

// What the service is asked for.
const session = `{
	"expires_after": { "anchor": "created_at", "seconds": 60 },
	"session": {
		"type": "realtime",
		"model": "gpt-realtime-2.1",
		"instructions": "You are the friendly assistant of a bicycle shop. Be brief.",
		"audio": { "input": { "transcription": { "model": "gpt-transcribe" } }, "output": { "voice": "marin" } }
	}
}`

// What may be passed on as Retry-After.
var seconds = regexp.MustCompile(`^[0-9]{1,6}$`)

type refusal struct {
	status        int
	code, message string
	retryAfter    string
}

// limiter counts the requests of the current minute.
type limiter struct {
	sync.Mutex
	minute int64
	counts map[netip.Prefix]int
	all    int
}

// wait returns the seconds until another try makes sense; 0 = the request is allowed.
func (l *limiter) wait(visitor netip.Prefix) int64 {
	l.Lock()
	defer l.Unlock()
	now := time.Now().Unix()
	if l.minute != now/60 {
		l.minute, l.counts, l.all = now/60, map[netip.Prefix]int{}, 0
	}
	if l.counts[visitor] >= perAddress || l.all >= perProcess {
		return 60 - now%60
	}
	l.counts[visitor]++
	l.all++
	return 0
}

// visitorOf: an IPv6 visitor owns all addresses of a /64. Behind your own proxy, take the address that it sets.
func visitorOf(request *http.Request) (visitor netip.Prefix) {
	if address, err := netip.ParseAddrPort(request.RemoteAddr); err == nil {
		ip := address.Addr().Unmap().WithZone("")
		bits := 32
		if ip.Is6() {
			bits = 64
		}
		visitor, _ = ip.Prefix(bits)
	}
	return visitor
}

type endpoint struct {
	key, base string
	origins   map[string]bool
	limiter   limiter
	client    http.Client
}

// newSecret asks the service. Its texts are not passed on: they may quote the key.
func (e *endpoint) newSecret() (map[string]any, *refusal) {
	request, err := http.NewRequest("POST", e.base+"/v1/realtime/client_secrets", bytes.NewBufferString(session))
	if err != nil {
		return nil, &refusal{status: 500, code: "internal", message: "OPENAI_BASE_URL is no URL."}
	}
	request.Header.Set("Authorization", "Bearer "+e.key)
	request.Header.Set("Content-Type", "application/json")
	response, err := e.client.Do(request)
	if err != nil {
		return nil, &refusal{status: 502, code: "upstream-unreachable", message: "The service did not answer."}
	}
	defer response.Body.Close()
	switch status := response.StatusCode; {
	case status == 429:
		wait := response.Header.Get("Retry-After")
		if !seconds.MatchString(wait) {
			wait = "60"
		}
		return nil, &refusal{429, "rate-limited", "The service is busy. Try again later.", wait}
	case status == 401 || status == 403:
		return nil, &refusal{status: 502, code: "upstream-unauthorized", message: "The service refused the key."}
	case status >= 500:
		return nil, &refusal{status: 502, code: "upstream-unavailable", message: "The service failed."}
	case status != 200:
		return nil, &refusal{status: 502, code: "upstream-rejected", message: "The service rejected the session."}
	}
	var body struct {
		Value     string `json:"value"`
		ExpiresAt any    `json:"expires_at"`
	}
	err = json.NewDecoder(response.Body).Decode(&body)
	if err != nil || body.Value == "" || strings.Contains(body.Value, e.key) {
		return nil, &refusal{status: 502, code: "upstream-invalid", message: "The service gave no client secret."}
	}
	token := map[string]any{"value": body.Value, "expires_at": body.ExpiresAt}
	if e.base != service {
		token["calls_url"] = e.base + "/v1/realtime/calls"
	}
	return token, nil
}

func (e *endpoint) check(request *http.Request) *refusal {
	if request.Method != "POST" {
		return &refusal{status: 405, code: "method-not-allowed", message: "Use POST."}
	}
	// A form of another site cannot send this type.
	if strings.TrimSpace(strings.Split(request.Header.Get("Content-Type"), ";")[0]) != "application/json" {
		return &refusal{status: 415, code: "unsupported-media-type", message: "Send application/json."}
	}
	if wait := e.limiter.wait(visitorOf(request)); wait > 0 {
		return &refusal{429, "rate-limited", "Too many calls. Try again later.", strconv.FormatInt(wait, 10)}
	}
	return nil
}

func (e *endpoint) ServeHTTP(response http.ResponseWriter, request *http.Request) {
	headers := response.Header()
	headers.Set("Cache-Control", "no-store")
	headers.Set("Vary", "Origin")
	headers.Set("X-Content-Type-Options", "nosniff")
	origin := request.Header.Get("Origin")
	if !e.origins[origin] {
		refuse(response, &refusal{status: 403, code: "origin-not-allowed", message: "List this origin in VOICE_ORIGINS."})
		return
	}
	headers.Set("Access-Control-Allow-Origin", origin)
	headers.Set("Access-Control-Expose-Headers", "Retry-After")
	if request.Method == "OPTIONS" {
		headers.Set("Access-Control-Allow-Methods", "POST")
		headers.Set("Access-Control-Allow-Headers", "Content-Type")
		response.WriteHeader(204)
		return
	}
	if refused := e.check(request); refused != nil {
		refuse(response, refused)
	} else if token, refused := e.newSecret(); refused != nil {
		refuse(response, refused)
	} else {
		write(response, 200, token)
	}
}

func refuse(response http.ResponseWriter, refused *refusal) {
	if refused.retryAfter != "" {
		response.Header().Set("Retry-After", refused.retryAfter)
	}
	write(response, refused.status, map[string]any{"error": map[string]string{"code": refused.code, "message": refused.message}})
}

func write(response http.ResponseWriter, status int, body any) {
	response.Header().Set("Content-Type", "application/json")
	response.WriteHeader(status)
	_ = json.NewEncoder(response).Encode(body)
}

func main() {
	e := &endpoint{key: os.Getenv("OPENAI_API_KEY"), base: os.Getenv("OPENAI_BASE_URL"), origins: map[string]bool{}}
	if e.key == "" || os.Getenv("VOICE_ORIGINS") == "" {
		log.Fatal("Set OPENAI_API_KEY and VOICE_ORIGINS.")
	}
	if e.base == "" {
		e.base = service
	}
	for _, origin := range strings.Split(os.Getenv("VOICE_ORIGINS"), ",") {
		e.origins[strings.TrimSpace(origin)] = true
	}
	// A comma at the end leaves it: it would stand for requests without an origin.
	delete(e.origins, "")
	e.client.Timeout = 10 * time.Second
	// The key is sent to no other address.
	e.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

	port := os.Getenv("PORT")
	if port == "" {
		port = "3000"
	}
	listener, err := net.Listen("tcp", "127.0.0.1:"+port)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("http://" + listener.Addr().String())
	http.Handle("/api/voice-token", e)
	// The page and the element's file. Leave it out if another server has them.
	http.Handle("/", http.FileServer(http.Dir("public")))
	// Without limits, connections that send nothing would stay open for ever. WriteTimeout has time for the service.
	server := &http.Server{
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       10 * time.Second,
		WriteTimeout:      30 * time.Second,
		IdleTimeout:       60 * time.Second,
		MaxHeaderBytes:    1 << 16,
	}
	log.Fatal(server.Serve(listener))
}
