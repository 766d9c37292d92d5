#include "gateway/session.hpp"

#include "gateway/response_head.hpp"

namespace gateway {

using canonical::Code;
using front_end::Refusal, front_end::Verdict;
using Step = MessageParser::Step;
using Wait = Connection::Wait;

namespace {

constexpr std::size_t head_piece = 16 * 1024, body_piece = 64 * 1024; // are read at once
constexpr std::chrono::milliseconds longest_linger{2'000};

constexpr Refusal slow{.status = 408, .code = Code::timed_out, .why = "the request took too long to come"};
constexpr Refusal crowded{
    .status = 503, .code = Code::overloaded, .why = "too many bytes of other requests are under way"};

Pace::Rules reading(config::Limits const &limits) {
    return {.pause = limits.body_idle_timeout, .bytes_per_second = limits.body_bytes_per_second};
}
Pace::Rules writing(config::Limits const &limits) {
    return {.pause = limits.write_timeout, .bytes_per_second = limits.body_bytes_per_second};
}

} // namespace

Session::Session(Worker &worker, tcp::socket socket, Peer peer)
    : worker_(worker), connection_(std::move(socket), peer.tls.get()), peer_(std::move(peer)) {
    worker_.watch(connection_);
}

Session::~Session() {
    if (desk_) worker_.give_back(std::move(desk_));
}

asio::awaitable<void> Session::run() {
    auto const opened = co_await connection_.open(Clock::now() + worker_.serving()->limits.header_timeout);
    if (opened != Wait::ready) co_return worker_.handshake_failed();
    while (keep_alive_ && !gone_) {
        auto const next = co_await next_request();
        if (next == Next::end) break;
        co_await exchange();
    }
    if (!serving_ || gone_ || keep_alive_) co_return; // the client has closed, or said nothing for too long
    auto const patience = std::min(serving_->limits.header_timeout, longest_linger);
    co_await connection_.linger(desk_->buffer, Clock::now() + patience);
}

bool Session::receive(std::size_t most) {
    gone_ = !connection_.receive(desk_->buffer, most);
    return !gone_;
}

// Whether the first byte of a request is there.
bool Session::has_request() {
    auto &buffer = desk_->buffer;
    if (blank_line_allowed_ && unread(buffer).starts_with("\r\n")) {
        buffer.consume(2);
        blank_line_allowed_ = false;
    }
    bool const half_line = blank_line_allowed_ && unread(buffer) == "\r";
    return buffer.size() > 0 && !half_line;
}

asio::awaitable<Session::Next> Session::next_request() {
    bool const first = !serving_;
    while (!desk_ || !has_request()) {
        if (desk_ && desk_->buffer.size() == 0) worker_.give_back(std::move(desk_));
        auto const &limits = worker_.serving()->limits;
        auto const patience = first ? limits.header_timeout : limits.keep_alive_timeout;
        bool const leaving = worker_.draining(); // then only what is there already counts
        if (!leaving) {
            auto const result = co_await connection_.idle(Clock::now() + patience);
            if (result != Wait::ready && !worker_.draining()) co_return Next::end;
        }
        if (!desk_) desk_ = worker_.take_desk();
        auto const before = desk_->buffer.size();
        if (!receive(head_piece)) co_return Next::end;
        if (leaving && desk_->buffer.size() == before) co_return Next::end;
    }
    co_return Next::request;
}

asio::awaitable<Verdict> Session::read(MessageParser &parser, BodyBudget::Share &share) {
    auto const deadline = Clock::now() + serving_->limits.header_timeout;
    for (;;) {
        auto const step = parser.read_head(desk_->buffer);
        if (step == Step::refused) co_return parser.refusal();
        if (step == Step::complete) break;
        auto const result = co_await connection_.readable(deadline);
        if (result == Wait::late) parser.give_up(desk_->buffer);
        if (result == Wait::late) co_return slow;
        gone_ = result == Wait::gone;
        if (gone_ || !receive(head_piece)) co_return Verdict();
    }
    if (parser.is_done()) co_return Verdict();
    auto const verdict = co_await read_body(parser, share);
    co_return verdict;
}

asio::awaitable<Verdict> Session::read_body(MessageParser &parser, BodyBudget::Share &share) {
    auto const &limits = serving_->limits;
    if (parser.expects_continue() && !parser.is_http_1_0() && desk_->buffer.size() == 0) {
        Connection::Text const go_on{.head = "HTTP/1.1 100 Continue\r\n\r\n", .body = {}};
        auto const sent = co_await connection_.send(go_on, writing(limits));
        gone_ = !sent;
        if (gone_) co_return Verdict();
    }
    Pace const pace(reading(limits), Clock::now());
    for (;;) {
        auto const step = parser.read_body(desk_->buffer);
        if (step == Step::refused) co_return parser.refusal();
        auto const size = desk_->request.body.size();
        if (!share.grow_to(size, limits.bodies_in_flight_bytes)) co_return crowded;
        if (step == Step::complete) co_return Verdict();
        auto const result = co_await connection_.readable(pace.deadline(Clock::now(), size));
        if (result == Wait::late) co_return slow;
        gone_ = result == Wait::gone;
        if (gone_ || !receive(body_piece)) co_return Verdict();
    }
}

asio::awaitable<void> Session::exchange() {
    serving_ = worker_.serving();
    auto const &request = desk_->request;
    MessageParser parser(desk_->request, serving_->limits);
    BodyBudget::Share share(worker_.bodies());
    auto const verdict = co_await read(parser, share);
    if (gone_) co_return;

    desk_->request.client = peer_.address;
    auto const started = Clock::now();
    auto const now = std::chrono::system_clock::now();
    Record record{.id = worker_.next_request_id()};
    wire::Response response;
    if (verdict)
        response = serving_->service->refuse(request, verdict->status, verdict->error(), record);
    else {
        auto const instant = std::chrono::floor<std::chrono::milliseconds>(now);
        Arrival const arrival{.at = instant, .scheme = peer_.tls ? "https" : "http"};
        response = co_await serving_->service->respond(request, arrival, record);
    }
    // The body has done its work: who is slow to read the answer holds nothing of it.
    desk_->clear_body();
    share.release();
    keep_alive_ = !verdict && parser.keep_alive() && !worker_.draining();
    blank_line_allowed_ = keep_alive_;
    if (!has_body(response.status)) response.body.clear();
    Delivery const delivery{
        .keep_alive = keep_alive_, .http_1_0 = parser.is_http_1_0(), .date = worker_.http_date(now)};
    auto const written = co_await write(response, delivery);
    gone_ = !written;

    std::string_view const why = verdict ? verdict->why : gone_ ? "the client left before the end of the answer" : "";
    AccessEntry const entry{.time = now,
                            .status = response.status,
                            .bytes = request.method == "HEAD" ? 0 : response.body.size(),
                            .took = std::chrono::floor<std::chrono::microseconds>(Clock::now() - started),
                            .note = why};
    log(entry, record);
    desk_->clear();
}

asio::awaitable<bool> Session::write(wire::Response const &response, Delivery const &delivery) {
    auto &head = desk_->head;
    write_head(head, response, delivery);
    bool const with_body = desk_->request.method != "HEAD";
    Connection::Text const text{.head = head, .body = with_body ? std::string_view(response.body) : std::string_view()};
    auto const sent = co_await connection_.send(text, writing(serving_->limits));
    co_return sent;
}

void Session::log(AccessEntry entry, Record const &record) {
    auto const &request = desk_->request;
    entry.id = record.id;
    entry.client = peer_.address;
    entry.method = request.method;
    entry.path = std::string_view(request.target).substr(0, request.target.find('?'));
    entry.dialect = record.dialect;
    entry.operation = record.operation;
    entry.losses = record.losses;
    worker_.access_log().write(entry);
    if (!record.failure.empty()) worker_.messages().error("request {:016x} failed: {}", entry.id, record.failure);
}

} // namespace gateway
