// Threads that wait for work, one a processor. TensorFlow's C interface lends none of its own.
#pragma once
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace pneumoscope {

class Workers {
 public:
  /** Started at first use and never stopped: they end with the process. */
  static Workers& shared() {
    static Workers* const workers = new Workers(std::max(1u, std::thread::hardware_concurrency()));
    return *workers;
  }

  /** Calls `work` for 0 to count − 1, each once, by several threads at a time; returns when all are
   * done. */
  void each(int count, const std::function<void(int)>& work) {
    // One round at a time: TensorFlow may run two operations at once.
    std::lock_guard<std::mutex> turn(turn_);
    {
      std::lock_guard<std::mutex> lock(mutex_);
      work_ = &work;
      count_ = count;
      next_ = 0;
      busy_ = 0;
    }
    wake_.notify_all();
    take();
    std::unique_lock<std::mutex> lock(mutex_);
    done_.wait(lock, [this] { return busy_ == 0; });
    work_ = nullptr;
  }

 private:
  explicit Workers(unsigned count) {
    for (unsigned thread = 1; thread < count; thread++)
      std::thread([this] {
        for (;;) {
          {
            std::unique_lock<std::mutex> lock(mutex_);
            wake_.wait(lock, [this] { return work_ != nullptr && next_ < count_; });
          }
          take();
        }
      }).detach();
  }

  /** Does pieces until none is left to begin. */
  void take() {
    std::unique_lock<std::mutex> lock(mutex_);
    while (work_ != nullptr && next_ < count_) {
      const std::function<void(int)>& work = *work_;
      const int piece = next_++;
      busy_++;
      lock.unlock();
      work(piece);
      lock.lock();
      if (--busy_ == 0 && next_ >= count_) done_.notify_all();
    }
  }

  std::mutex turn_, mutex_;
  std::condition_variable wake_, done_;
  const std::function<void(int)>* work_ = nullptr;
  int count_ = 0, next_ = 0, busy_ = 0;
};

}  // namespace pneumoscope
