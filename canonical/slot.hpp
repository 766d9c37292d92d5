#pragma once
// Slot<T>: absent (nobody spoke of it), null (said to be empty) or a value. Made of slots, one struct serves as an
// entity and as a patch of it.
#include <concepts>
#include <optional>
#include <utility>

namespace canonical {

template <class T> class Slot {
public:
    using value_type = T;

    Slot() = default;
    Slot(std::nullopt_t) : said_(Said::null) {}
    template <std::convertible_to<T> U>
    requires(!std::same_as<std::remove_cvref_t<U>, Slot>) Slot(U &&value)
        : said_(Said::value), value_(std::forward<U>(value)) {}

    Slot &operator=(std::nullopt_t) {
        reset(Said::null);
        return *this;
    }
    T &emplace() { return reset(Said::value); }
    void clear() { reset(Said::nothing); }

    bool absent() const { return said_ == Said::nothing; }
    bool null() const { return said_ == Said::null; }
    explicit operator bool() const { return said_ == Said::value; }

    // T{} where there is no value.
    T const &operator*() const { return value_; }
    T &operator*() { return value_; }
    T const *operator->() const { return &value_; }
    T *operator->() { return &value_; }
    T value_or(T other) const { return *this ? value_ : std::move(other); }

    friend bool operator==(Slot const &, Slot const &) = default;

private:
    enum class Said : unsigned char { nothing, null, value };

    T &reset(Said now) {
        if (std::exchange(said_, now) == Said::value) value_ = T{};
        return value_;
    }

    Said said_ = Said::nothing;
    T value_{}; // T{} unless said_ is value
};

} // namespace canonical
