# The token endpoint in Ruby 3, as a Rack application: `rackup voice_token.ru`. In Rails or Sinatra, put the class into
# a file of its own and mount it: `mount VoiceToken.new => '/api/voice-token'`, or `map('/api/voice-token') { run … }`.
# Environment: OPENAI_API_KEY, and VOICE_ORIGINS with your sites, such as https://shop.example,https://www.shop.example

require 'ipaddr'
require 'json'
require 'net/http'

class VoiceToken
  SESSION = {
    type: 'realtime',
    model: 'gpt-realtime-2.1',
    instructions: 'You are the friendly assistant of a bicycle shop. Be brief.',
    audio: { input: { transcription: { model: 'gpt-transcribe' } }, output: { voice: 'marin' } }
  }.freeze
  # Requests a minute, in each process.
  PER_ADDRESS = 10
  PER_PROCESS = 100
  SERVICE = 'https://api.openai.com'

  class Refusal < StandardError
    attr_reader :status, :code, :headers

    def initialize(status, code, message, headers = {})
      super(message)
      @status, @code, @headers = status, code, headers
    end
  end

  def initialize(env = ENV)
    @key = env.fetch('OPENAI_API_KEY')
    @base = env['OPENAI_BASE_URL'] || SERVICE
    # Without the empty text, which a comma too many leaves: it would stand for requests without an origin.
    @origins = env.fetch('VOICE_ORIGINS').split(',').map(&:strip).reject(&:empty?)
    @lock, @counts = Mutex.new, Hash.new(0)
  end

  def call(env)
    headers = { 'cache-control' => 'no-store', 'vary' => 'Origin', 'x-content-type-options' => 'nosniff' }
    origin = env['HTTP_ORIGIN']
    refuse(403, 'origin-not-allowed', 'This origin is not listed in VOICE_ORIGINS.') unless @origins.include?(origin)
    headers.merge!('access-control-allow-origin' => origin, 'access-control-allow-methods' => 'POST',
                   'access-control-allow-headers' => 'Content-Type', 'access-control-expose-headers' => 'Retry-After')
    return [204, headers, []] if env['REQUEST_METHOD'] == 'OPTIONS'

    json(200, checked(env), headers)
  rescue Refusal => e
    json(e.status, { error: { code: e.code, message: e.message } }, headers.merge(e.headers))
  end

  private

  def checked(env)
    refuse(405, 'method-not-allowed', 'Use POST.', 'allow' => 'POST, OPTIONS') unless env['REQUEST_METHOD'] == 'POST'
    # A form of another site cannot send this type.
    type = env['CONTENT_TYPE'].to_s.split(';').first.to_s.strip
    refuse(415, 'unsupported-media-type', 'Send application/json.') unless type == 'application/json'
    limit(visitor(env))
    new_secret
  end

  # An IPv6 visitor owns all addresses of a /64. Behind your own proxy, take the address that it sets.
  def visitor(env)
    address = IPAddr.new(env['REMOTE_ADDR'].split('%').first).native
    address.ipv6? ? address.mask(64).to_s : address.to_s
  end

  def limit(address)
    @lock.synchronize do
      minute, second = Time.now.to_i.divmod(60)
      @counts, @minute = Hash.new(0), minute if minute != @minute
      if @counts[address] >= PER_ADDRESS || @counts[:all] >= PER_PROCESS
        refuse(429, 'rate-limited', 'Too many calls. Try again later.', 'retry-after' => (60 - second).to_s)
      end
      @counts[address] += 1
      @counts[:all] += 1
    end
  end

  # Asks the service for a client secret. Its texts are not passed on: they may quote the key.
  def new_secret
    response = ask_service
    status = response.code.to_i
    wait = { 'retry-after' => response['retry-after'].to_s[/\A\d{1,6}\z/] || '60' }
    refuse(429, 'rate-limited', 'The service is busy. Try again later.', wait) if status == 429
    refuse(502, 'upstream-unauthorized', 'The service refused the key.') if [401, 403].include?(status)
    refuse(502, 'upstream-unavailable', 'The service failed.') if status >= 500
    refuse(502, 'upstream-rejected', 'The service rejected the session.') if status != 200
    token(response.body)
  end

  def token(text)
    body = JSON.parse(text)
    secret = body['value'] if body.is_a?(Hash)
    usable = secret.is_a?(String) && !secret.include?(@key)
    refuse(502, 'upstream-invalid', 'The service gave no client secret.') unless usable
    calls = @base == SERVICE ? {} : { calls_url: "#{@base}/v1/realtime/calls" }
    { value: secret, expires_at: body['expires_at'], **calls }
  rescue JSON::ParserError
    refuse(502, 'upstream-invalid', 'The service gave no client secret.')
  end

  def ask_service
    uri = URI("#{@base}/v1/realtime/client_secrets")
    headers = { 'Authorization' => "Bearer #{@key}", 'Content-Type' => 'application/json' }
    asked = { expires_after: { anchor: 'created_at', seconds: 60 }, session: SESSION }
    options = { use_ssl: uri.scheme == 'https', open_timeout: 10, read_timeout: 10 }
    Net::HTTP.start(uri.host, uri.port, **options) { |http| http.post(uri.path, JSON.generate(asked), headers) }
  rescue SystemCallError, SocketError, Timeout::Error, OpenSSL::SSL::SSLError, IOError
    refuse(502, 'upstream-unreachable', 'The service did not answer.')
  end

  def refuse(status, code, message, headers = {})
    raise Refusal.new(status, code, message, headers)
  end

  def json(status, body, headers)
    [status, headers.merge('content-type' => 'application/json'), [JSON.generate(body)]]
  end
end

# The page and the element's file. Leave it out if another server has them.
FILES = { '/' => 'index.html', '/realtime-voice.min.js' => 'realtime-voice.min.js' }.freeze
use Rack::Static, urls: FILES, root: 'public'
run VoiceToken.new
