using System.Diagnostics;
using System.Globalization;

namespace Contrastive.Benchmarks;

/// <summary>
/// The same work in Python, in a process that waits between rounds, so that both sides can be timed alternately. The script prints
/// <c>ready</c> once, then for each line that it reads one line: the milliseconds of one round.
/// </summary>
internal sealed class PythonPeer : IDisposable
{
    private readonly Process _process;

    /// <summary>Starts a script of this project's folder <c>python</c>; the interpreter is <c>python3</c> or what CONTRASTIVE_PYTHON names.</summary>
    public PythonPeer(string script, params string[] arguments) : this(script, new Dictionary<string, string>(), arguments)
    {
    }

    /// <summary>The same with environment variables.</summary>
    public PythonPeer(string script, Dictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("CONTRASTIVE_PYTHON") ?? "python3")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        // Where these hold OpenBLAS to an older processor's kernels, the comparison would flatter us.
        start.Environment.Remove("OPENBLAS_CORETYPE");
        start.Environment.Remove("OPENBLAS_L2_SIZE");
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "../../../python", script));
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        _process = Process.Start(start)!;
        if (_process.StandardOutput.ReadLine() != "ready")
            throw new InvalidOperationException($"{script} did not start; set CONTRASTIVE_PYTHON to an interpreter that has what it imports (Debian: python3-torchvision, python3-faiss).");
    }

    /// <summary>Has the script run one round; returns its milliseconds.</summary>
    public double Round() => Round("");

    /// <summary>Has the script run one round; returns its milliseconds.</summary>
    /// <param name="request">What the line says.</param>
    public double Round(string request)
    {
        _process.StandardInput.WriteLine(request);
        return double.Parse(
            _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The script ended."), CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
