// Lets TorchSharp's native library load on Debian 12 and Ubuntu 22.04.
//
// TorchSharp 0.107.0's libLibTorchSharp.so is built with GCC 13 and declares that it needs libstdc++'s symbol version
// GLIBCXX_3.4.32. The only symbol of that version is an initializer that nothing in the file binds, so an older
// libstdc++ serves it as well, but the dynamic loader refuses the file because of the entry. This program marks
// that one entry as weak, in the copy beside our library and never in the package cache, and only where
// the system's libstdc++ lacks the version. Delete this project when TorchSharp is built for older systems again.
//
// usage: NativeFix <path of our copy of libLibTorchSharp.so>

using System.Runtime.InteropServices;
using System.Text;
using NativeFix;

const string Version = "GLIBCXX_3.4.32";

if (args is not [var path] || !File.Exists(path))
{
    Console.Error.WriteLine("usage: NativeFix <path of our copy of libLibTorchSharp.so>");
    return 2;
}

if (SystemLibraryOffers(Version))
{
    return 0;
}

try
{
    if (NativeCopy.MarkWeak(path, Version))
    {
        Console.WriteLine($"NativeFix: marked {Version} weak in {path}: this system's libstdc++ is older.");
    }

    return 0;
}
catch (InvalidDataException problem)
{
    Console.Error.WriteLine($"{path}: error : {problem.Message}");
    return 1;
}

static bool SystemLibraryOffers(string version)
{
    if (!NativeLibrary.TryLoad("libstdc++.so.6", out _))
    {
        return true; // Not a system with libstdc++: nothing to fix.
    }

    // Where the loaded library cannot be inspected, fixing is the safe choice: a weak entry also loads where the version is present.
    var loaded = File.ReadLines("/proc/self/maps").FirstOrDefault(line => line.Contains("/libstdc++.so", StringComparison.Ordinal));
    var library = loaded?[loaded.IndexOf('/', StringComparison.Ordinal)..];
    return File.Exists(library) && File.ReadAllBytes(library).AsSpan().IndexOf(Encoding.ASCII.GetBytes(version + "\0")) >= 0;
}
