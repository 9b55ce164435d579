// notes FILE [TEXT]: lists the notes of a file, after adding one.

#include "notebook.hpp"

#include <exception>
#include <iostream>

int main(int argc, char** argv) {
  if (argc < 2 || argc > 3) {
    std::cerr << "usage: notes FILE [TEXT]\n";
    return 2;
  }
  try {
    // A window would show a progress bar.
    Notebook notebook(argv[1], [](const std::string& what, std::size_t number, std::size_t count) {
      std::cout << "Updating your notes, " << number << " of " << count << ": " << what << '\n';
    });
    if (argc == 3) {
      notebook.add(argv[2]);
    }
    for (const std::string& note : notebook.notes()) {
      std::cout << note << '\n';
    }
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}
