using System.Globalization;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Contrastive.Runs;

/// <summary>The name of the hardware that the run computes on.</summary>
internal static class Hardware
{
    private const string CudaFolder = "/proc/driver/nvidia/gpus";
    private const string ProcessorFile = "/proc/cpuinfo";

    public static Device Choose() => cuda.is_available() ? CUDA : CPU;

    public static string Name(Device device) => device.type == TorchSharp.DeviceType.CUDA ? Gpu(device) : Processor();

    private static string Gpu(Device device)
    {
        var found = Directory.Exists(CudaFolder)
            ? Directory.GetFiles(CudaFolder, "information", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(file => Field(file, "Model")).OfType<string>().ToArray()
            : [];
        var index = Math.Max(0, device.index);
        return index < found.Length ? found[index] : "CUDA device";
    }

    private static string Processor()
    {
        var model = File.Exists(ProcessorFile) ? Field(ProcessorFile, "model name") : Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");
        return string.Create(CultureInfo.InvariantCulture, $"{model ?? RuntimeInformation.ProcessArchitecture.ToString()}, {Environment.ProcessorCount} threads");
    }

    private static string? Field(string file, string name) =>
        File.ReadLines(file).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal) && line.Contains(':'))?.Split(':', 2)[1].Trim();
}
