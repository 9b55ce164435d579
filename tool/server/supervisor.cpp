#include "server/supervisor.hpp"

#include "server/record.hpp"
#include "server/tree.hpp"
#include "text/diagnostic.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <exception>
#include <optional>
#include <string>
#include <system_error>

namespace retort {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr auto longest_start = std::chrono::seconds(60);
/// How long the one who holds the folder's lock may register before the record is taken as it stands.
constexpr auto lock_patience = std::chrono::seconds(2);
constexpr milliseconds quit_patience(1500);
/// How long the server may take to write down what is to be kept.
constexpr auto keep_patience = std::chrono::seconds(30);
constexpr milliseconds starting_pause(5);
constexpr milliseconds asking_pause(20);
constexpr milliseconds folder_pause(1000);
/// Where the system cannot tell when a process ends.
constexpr milliseconds watching_pause(250);

class Supervisor {
public:
  Supervisor(const Cluster& cluster, Descriptor report) : cluster_(cluster), report_(std::move(report)) {}

  void run() {
    std::string problem;
    try {
      block_signals();
      adopt_record();
      make_data();
      start_server();
      report(supervisor_ready);
      tend();
      keep_databases();
    } catch (const std::exception& failure) {
      problem = failure.what();
    }
    end();
    if (!problem.empty()) {
      report(problem);
    }
  }

private:
  void block_signals() {
    ::signal(SIGPIPE, SIG_IGN);
    sigset_t signals;
    ::sigemptyset(&signals);
    for (const int number : {SIGTERM, SIGINT, SIGHUP, SIGCHLD, keep_signal}) {
      ::sigaddset(&signals, number);
    }
    ::sigprocmask(SIG_SETMASK, &signals, nullptr);
    signals_ = Descriptor(::signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK));
    // What a killed server leaves running is then waited for as a child of this process.
    ::prctl(PR_SET_CHILD_SUBREAPER, 1);
  }

  /// Takes from the record whom to watch; false when nobody wants the server any more.
  bool adopt_record() {
    const std::optional<ServerRecord> record = load_record(cluster_.folder.record());
    if (!record || !record->is_wanted()) {
      return false;
    }
    until_stopped_ = record->until_stopped;
    if (record->watched && is_alive(*record->watched)) {
      watched_ = *record->watched;
      watched_end_ = open_process(watched_);
    }
    return true;
  }

  /// Nobody can stop a server whose folder has gone.
  bool has_user() const {
    return until_stopped_ ? std::filesystem::exists(cluster_.folder.record()) : is_alive(watched_);
  }

  bool is_wanted() {
    if (asked_to_end_) {
      return false;
    }
    if (has_user()) {
      return true;
    }
    // A start that holds the lock may be about to register another process.
    unwatched_since_ = unwatched_since_.value_or(Clock::now());
    ending_lock_ = lock_folder();
    if (!ending_lock_ && Clock::now() - *unwatched_since_ < lock_patience) {
      return true;
    }
    if (!adopt_record()) {
      return false;
    }
    ending_lock_.reset();
    unwatched_since_.reset();
    return true;
  }

  /// Nothing when somebody else holds it, or when the whole folder has gone.
  std::optional<FileLock> lock_folder() const {
    try {
      return FileLock::try_lock(cluster_.folder.lock());
    } catch (const Failure&) {
      return {};
    }
  }

  /// Waits for something to happen, for up to `pause`.
  void wait(milliseconds pause) {
    pollfd events[] = {{signals_.number(), POLLIN, 0}, {unwatched_since_ ? -1 : watched_end_.number(), POLLIN, 0}};
    ::poll(events, 2, static_cast<int>(pause.count()));
    signalfd_siginfo signal{};
    while (::read(signals_.number(), &signal, sizeof signal) == static_cast<ssize_t>(sizeof signal)) {
      if (signal.ssi_signo != static_cast<unsigned>(SIGCHLD)) {
        const bool keeps = signal.ssi_signo == static_cast<unsigned>(keep_signal);
        asked_to_end_ = keeps && asked_to_end_ != Ending::at_once ? Ending::keeping : Ending::at_once;
      }
    }
  }

  milliseconds tending_pause() const {
    if (unwatched_since_) {
      return asking_pause;
    }
    return until_stopped_ ? folder_pause : watched_end_ ? milliseconds(-1) : watching_pause;
  }

  void make_data() {
    create_private_folder(cluster_.data, cluster_.account);
    if (std::filesystem::exists(cluster_.pattern)) {
      copy_tree(cluster_.pattern, cluster_.data, cluster_.account);
      return;
    }
    child_ = spawn(initdb_program(cluster_, STDERR_FILENO));
    const int status = await("initdb", [] { return false; }).value();
    child_ = 0;
    if (status != 0) {
      throw std::runtime_error("initdb " + describe_status(status));
    }
    keep_pattern();
  }

  /// The data, of which no server makes use, are copied at later starts.
  void keep_pattern() const {
    const Account self;
    std::filesystem::path partial = cluster_.pattern;
    std::filesystem::path old = cluster_.pattern;
    partial += ".partial";
    old += ".old";
    std::filesystem::remove_all(partial);
    std::filesystem::remove_all(old);
    create_private_folder(partial, self);
    copy_tree(cluster_.data, partial, self);
    if (std::filesystem::exists(cluster_.pattern)) {
      std::filesystem::rename(cluster_.pattern, old);
    }
    std::filesystem::rename(partial, cluster_.pattern);
    std::filesystem::remove_all(old);
  }

  void keep_databases() {
    if (asked_to_end_ != Ending::keeping || child_ == 0 ||
        database_folders(cluster_.data) == database_folders(cluster_.pattern)) {
      return;
    }
    ::kill(child_, SIGINT);
    const auto deadline = Clock::now() + keep_patience;
    while (asked_to_end_ == Ending::keeping && has_user() && Clock::now() < deadline) {
      if (const std::optional<int> status = wait_for(child_, milliseconds(0))) {
        child_ = 0;
        if (*status != 0) {
          throw std::runtime_error("postgres " + describe_status(*status));
        }
        keep_pattern();
        return;
      }
      wait(starting_pause);
    }
  }

  void start_server() {
    child_ = spawn(postgres_program(cluster_, STDERR_FILENO));
    const std::optional<int> status = await("postgres", [this] { return is_ready(cluster_.data); });
    if (status) {
      child_ = 0;
      throw std::runtime_error("postgres " + describe_status(*status));
    }
  }

  /// Waits until the child has ended, and returns its status, or until `done`.
  template <typename Done>
  std::optional<int> await(const char* name, Done done) {
    const auto deadline = Clock::now() + longest_start;
    while (!done()) {
      if (const std::optional<int> status = wait_for(child_, milliseconds(0))) {
        return status;
      }
      if (!is_wanted()) {
        throw std::runtime_error("nobody wants the server any more");
      }
      if (Clock::now() >= deadline) {
        throw std::runtime_error(fmt::format("{} took longer than {} seconds", name, longest_start.count()));
      }
      wait(starting_pause);
    }
    return {};
  }

  void tend() {
    while (is_wanted()) {
      wait(tending_pause());
      if (const std::optional<int> status = wait_for(child_, milliseconds(0))) {
        child_ = 0;
        ::dprintf(STDERR_FILENO, "postgres %s\n", describe_status(*status).c_str());
        return;
      }
    }
  }

  void end() {
    if (child_ > 0) {
      ::kill(child_, SIGQUIT);
      if (!wait_for(child_, quit_patience)) {
        ::kill(child_, SIGKILL);
      }
    }
    // Backends end by themselves as soon as they see that their server has gone.
    for (int i = 0; i < 100 && (::waitpid(-1, nullptr, WNOHANG) >= 0 || errno == EINTR); ++i) {
      ::poll(nullptr, 0, 10);
    }
    remove_folders(cluster_.data, cluster_.socket_directory);
    std::error_code ignored;
    std::filesystem::remove(cluster_.folder.record(), ignored);
  }

  /// To whoever waits for the start, otherwise to the log.
  void report(std::string_view text) {
    if (!report_) {
      ::dprintf(STDERR_FILENO, "the databases are not kept: %.*s\n", static_cast<int>(text.size()), text.data());
    } else if (::write(report_.number(), text.data(), text.size()) < 0) {
      ::dprintf(STDERR_FILENO, "nobody waits for this server's start\n");
    }
    report_.reset();
  }

  const Cluster& cluster_;
  Descriptor report_;
  Descriptor signals_;
  pid_t child_ = 0;
  std::optional<Ending> asked_to_end_;
  bool until_stopped_ = false;
  ProcessId watched_;
  Descriptor watched_end_;
  std::optional<Clock::time_point> unwatched_since_;
  std::optional<FileLock> ending_lock_;
};

/// Leaves nothing of the calling process but the log and what `kept` lists.
void detach(const std::filesystem::path& log, const std::vector<int>& kept) {
  const int input = ::open("/dev/null", O_RDONLY);
  const int output = ::open(log.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_NOFOLLOW, 0600);
  ::dup2(input, STDIN_FILENO);
  ::dup2(output >= 0 ? output : input, STDOUT_FILENO);
  ::dup2(STDOUT_FILENO, STDERR_FILENO);
  close_inherited(kept);
  ::umask(077);
  ::prctl(PR_SET_NAME, "retort-server");
  if (::chdir("/") != 0) {
    ::_exit(1);
  }
}

[[noreturn]] void supervise(const Cluster& cluster, const FileLock& alive, Descriptor report) {
  try {
    detach(cluster.folder.log(), {alive.descriptor(), report.number()});
    alive.write_owner(::getpid());
    Supervisor(cluster, std::move(report)).run();
    ::_exit(0);
  } catch (...) {
    ::_exit(1);
  }
}

} // namespace

Descriptor launch_supervisor(const Cluster& cluster, FileLock alive) {
  alive.write_owner(0);
  int ends[2] = {-1, -1};
  const bool has_pipe = ::pipe2(ends, O_CLOEXEC) == 0;
  Descriptor reading(ends[0]);
  Descriptor writing(ends[1]);
  const pid_t child = has_pipe ? ::fork() : -1;
  if (child < 0) {
    throw Failure(Exit::database, {Severity::error,
                                   fmt::format("cannot create a process: {}", std::generic_category().message(errno)),
                                   {},
                                   {},
                                   {}});
  }
  if (child == 0) {
    // The second fork gives the supervisor to init: whoever called never has to reap it.
    if (::setsid() < 0 || ::fork() != 0) {
      ::_exit(0);
    }
    supervise(cluster, alive, std::move(writing));
  }
  ::waitpid(child, nullptr, 0);
  return reading;
}

} // namespace retort
