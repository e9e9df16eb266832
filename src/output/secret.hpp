// Memory for passwords and keys that is overwritten before it is given back. What the operating system swaps out or a
// debugger sees is beyond it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace saring::output {

// Overwrites in a way that the compiler cannot leave out.
void wipe(void* memory, std::size_t bytes);

template <class T> struct WipingAllocator {
    using value_type = T;

    WipingAllocator() = default;
    template <class U> WipingAllocator(const WipingAllocator<U>&) {} // allocators of one kind convert into each other

    T* allocate(std::size_t count) { return std::allocator<T>().allocate(count); }
    void deallocate(T* memory, std::size_t count) {
        wipe(memory, count * sizeof(T));
        std::allocator<T>().deallocate(memory, count);
    }
    bool operator==(const WipingAllocator&) const = default;
};

// Growing it wipes the smaller block that it leaves.
using SecretBytes = std::vector<std::uint8_t, WipingAllocator<std::uint8_t>>;

// A password. A std::string would keep a short one inside itself, where nothing wipes it; this one never does, and it
// offers no stream operator, so that it cannot slip into a log.
class Secret {
public:
    Secret() = default;
    explicit Secret(std::string_view text) : text_(text.begin(), text.end()) {}

    [[nodiscard]] std::string_view view() const { return {text_.data(), text_.size()}; }
    [[nodiscard]] bool empty() const { return text_.empty(); }
    [[nodiscard]] std::size_t size() const { return text_.size(); }
    void push_back(char letter) { text_.push_back(letter); }
    void pop_back() { text_.pop_back(); }
    bool operator==(const Secret&) const = default;

private:
    std::vector<char, WipingAllocator<char>> text_;
};

} // namespace saring::output
