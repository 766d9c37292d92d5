#pragma once
// Talk<Ask, Answer, Outcome>: one side of a dialect as a coroutine that knows no socket. It runs up to its next
// question; whoever drives it looks at pending(), gets the answer from wherever, and gives it.
#include <coroutine>
#include <exception>
#include <optional>
#include <utility>

namespace dialects {

template <class Ask, class Answer, class Outcome>
class [[nodiscard]] Talk {
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
    Ask *pending() const { return self_.done() ? nullptr : self_.promise().pending; }
    void answer(Answer answer) {
        self_.promise().answer.emplace(std::move(answer));
        self_.resume();
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
