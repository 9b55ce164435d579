#pragma once

#include <coroutine>
#include <exception>
#include <optional>
#include <utility>

namespace retort {

/// What the promises of all tasks have in common: who awaits the task, and how it failed.
class TaskPromise {
public:
  struct Final {
    bool await_ready() const noexcept { return false; }
    template <typename Promise>
    std::coroutine_handle<> await_suspend(std::coroutine_handle<Promise> finished) const noexcept {
      const std::coroutine_handle<> awaiting = finished.promise().awaiting;
      return awaiting ? awaiting : std::noop_coroutine();
    }
    void await_resume() const noexcept {}
  };

  std::suspend_always initial_suspend() const noexcept { return {}; }
  Final final_suspend() const noexcept { return {}; }
  void unhandled_exception() { exception = std::current_exception(); }

  std::coroutine_handle<> awaiting;
  std::exception_ptr exception;
};

template <typename T>
class TaskResult : public TaskPromise {
public:
  void return_value(T value) { value_.emplace(std::move(value)); }
  T take() { return std::move(*value_); }

private:
  std::optional<T> value_;
};

template <>
class TaskResult<void> : public TaskPromise {
public:
  void return_void() const noexcept {}
  void take() const noexcept {}
};

/// A coroutine that starts when it is awaited, or by start() where nobody awaits it. Not thread-safe.
template <typename T>
class [[nodiscard]] Task {
public:
  struct promise_type : TaskResult<T> {
    Task get_return_object() { return Task(std::coroutine_handle<promise_type>::from_promise(*this)); }
  };

  Task(Task&& other) noexcept : coroutine_(std::exchange(other.coroutine_, {})) {}
  Task& operator=(Task&&) = delete;
  ~Task() {
    if (coroutine_) {
      coroutine_.destroy();
    }
  }

  void start() { coroutine_.resume(); }
  bool done() const { return coroutine_.done(); }

  /// The value of a task that is done, or the exception that ended it.
  T result() {
    if (coroutine_.promise().exception) {
      std::rethrow_exception(coroutine_.promise().exception);
    }
    return coroutine_.promise().take();
  }

  bool await_ready() const noexcept { return false; }
  std::coroutine_handle<> await_suspend(std::coroutine_handle<> awaiting) noexcept {
    coroutine_.promise().awaiting = awaiting;
    return coroutine_;
  }
  T await_resume() { return result(); }

private:
  explicit Task(std::coroutine_handle<promise_type> coroutine) : coroutine_(coroutine) {}

  std::coroutine_handle<promise_type> coroutine_;
};

} // namespace retort
