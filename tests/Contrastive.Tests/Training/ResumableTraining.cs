using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Contrastive.Augmentation;
using Contrastive.Data;
using Contrastive.Encoders;
using Contrastive.Losses;
using Contrastive.Sampling;
using Contrastive.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Contrastive.Tests.Training;

/// <summary>
/// A small MoCo training with everything that remembers: momentum encoder, queue, dropout, augmentation, sampler. It runs in a process of
/// its own (this program, told by an environment variable before its main begins), so that it can be killed.
/// </summary>
internal static class ResumableTraining
{
    public const int Steps = 12;
    private const string Variable = "CONTRASTIVE_TESTS_RESUMABLE_TRAINING";

    public static string Weights(string folder) => Path.Combine(folder, "weights.safetensors");

    public static string CheckpointFile(string folder) => Path.Combine(folder, "checkpoint.safetensors");

    /// <summary>Starts the training; it prints the step after each checkpoint.</summary>
    public static Process Start(string folder)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
            start.ArgumentList.Add(typeof(ResumableTraining).Assembly.Location);
        start.Environment[Variable] = folder;
        return Process.Start(start)!;
    }

#pragma warning disable CA2255 // Before the test runner's main.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void RunIfChild()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } folder)
            return;
        Train(folder);
        Environment.Exit(0);
    }

    private static void Train(string folder)
    {
        set_num_threads(1);
        using var seeds = new Seeds(17);
        nn.Module<Tensor, Tensor> Network() => nn.Sequential(new SmallResNet(width: 4), nn.Dropout(0.2), new ProjectionHead(16, 16, 8));
        var network = Network();
        var follower = new MomentumEncoder(network, Network(), 0.9);
        var queue = new MoCoQueue(20, 8, seeds.Generator("queue"));
        var optimizer = new AdamW(network, 1e-2);
        var schedule = new WarmupCosine(1e-2, Steps, warmupSteps: 3);
        var loss = new InfoNce(temperature: 0.2);
        var pictures = rand([40, 3, 16, 16], generator: seeds.Generator("pictures"));
        var views = new TwoViews(new Compose(new RandomResizedCrop(16), new RandomHorizontalFlip()));
        var drawn = 0L;
        var checkpoint = new Checkpoint(CheckpointFile(folder))
            .With("network", network).With("follower", follower).With("queue", queue).With("optimizer", optimizer).With("seeds", seeds)
            .With("sampler", () => drawn, position => drawn = position);

        for (var step = checkpoint.Resume(); step < Steps; step++)
        {
            using var scope = NewDisposeScope();
            using var shuffling = new Generator((ulong)(drawn / 5)); // five batches of 8 are an epoch
            var batch = randperm(40, generator: shuffling).narrow(0, drawn++ % 5 * 8, 8);
            var (view1, view2) = views.Apply(pictures.index_select(0, batch), seeds.Generator("views"));
            var keys = follower.call(view2);
            var value = loss.Compute(network.call(view1), keys, queue.Keys);
            optimizer.LearningRate = schedule.At(step);
            optimizer.ZeroGradient();
            value.backward();
            optimizer.Step();
            follower.Update();
            queue.Enqueue(keys);
            checkpoint.Save(step + 1);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"step {step + 1}"));
        }

        SafeTensors.Write(Weights(folder), network.state_dict().Concat(follower.state_dict()).Append(new("queue", queue.Keys)).ToDictionary());
    }
}
