#pragma once
// Talk<Ask, Answer, Outcome>: one side of a dialect as a coroutine that knows no socket. It runs up to its next
// question; whoever drives it looks at pending(), gets the answer from wherever, and gives it.
#include <coroutine>
#include <exception>
#include <optional>
#include <utility>

namespace dialects {

template <class Ask, class Answer, class Outcome> class [[nodiscard]] Talk {
public:
    struct promise_type {
        Ask *pending = nullptr; // it lives in the coroutine, which waits for the answer
        std::optional<Answer> answer;
        std::optional<Outcome> outcome;
        std::exception_ptr error;

        Talk get_return_object() { return Talk(std::coroutine_handle<promise_type>::from_promise(*this)); }
        std::suspend_never initial_suspend() noexcept { return {}; }
        std::suspend_always final_suspend() noexcept { return {}; }
        void unhandled_exception() { error = std::current_exception(); }
        void return_value(Outcome value) { outcome.emplace(std::move(value)); }

        // A question must have a name: GCC 12 destroys an unnamed aggregate twice.
        auto await_transform(Ask &ask) {
            struct Question : std::suspend_always {
                promise_type &self;
                Answer await_resume() {
                    Answer given = std::move(*self.answer);
                    self.answer.reset();
                    return given;
                }
            };
            pending = &ask;
            return Question{{}, *this};
        }

        // A talk within this one: its questions become this one's, and its outcome is what was awaited.
        template <class Inner> auto await_transform(Talk<Ask, Answer, Inner> &talk) {
            using Nested = Talk<Ask, Answer, Inner>;
            struct Detour {
                promise_type &self;
                Nested &talk;
                bool await_ready() const { return !talk.pending(); }
                void await_suspend(std::coroutine_handle<>) {
                    self.within = {
                        &talk, [](void *inner) { return static_cast<Nested *>(inner)->pending(); },
                        [](void *inner, Answer given) { static_cast<Nested *>(inner)->answer(std::move(given)); }};
                }
                Inner await_resume() {
                    self.within = {};
                    return talk.outcome();
                }
            };
            return Detour{*this, talk};
        }

        struct Within {
            void *talk = nullptr;
            Ask *(*pending)(void *) = nullptr;
            void (*answer)(void *, Answer) = nullptr;
        } within = {}; // the talk that this one waits for
    };

    Talk(Talk &&other) noexcept : self_(std::exchange(other.self_, {})) {}
    Talk &operator=(Talk &&other) noexcept {
        std::swap(self_, other.self_);
        return *this;
    }
    ~Talk() {
        if (self_) self_.destroy();
    }

    // The question that waits for an answer, or nothing. Whoever drives the talk may change it on its way.
    Ask *pending() const {
        if (self_.done()) return nullptr;
        auto const &[talk, inner_pending, inner_answer] = self_.promise().within;
        return talk ? inner_pending(talk) : self_.promise().pending;
    }
    void answer(Answer given) {
        auto const [talk, inner_pending, inner_answer] = self_.promise().within;
        if (talk)
            inner_answer(talk, std::move(given));
        else
            self_.promise().answer.emplace(std::move(given));
        if (!talk || !inner_pending(talk)) self_.resume();
    }
    // Once nothing is pending; throws what was thrown inside.
    Outcome outcome() {
        if (self_.promise().error) std::rethrow_exception(self_.promise().error);
        return std::move(*self_.promise().outcome);
    }

private:
    explicit Talk(std::coroutine_handle<promise_type> self) : self_(self) {}
    std::coroutine_handle<promise_type> self_;
};

} // namespace dialects
